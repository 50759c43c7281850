"""PyTorch as it is written by hand by someone who minds its speed: no DataLoader, batches by index_select, fused Adam,
denormals flushed. Many models (W8) are one network of batched products, all with the same batches. Inference is
inference_mode, softmax included."""
import serving  # first: the environment
import torch
from torch_common import LOSSES, module, prepare, tensors

SHARE_TIMED = 10  # of the thousands of epochs of W1 and W2, which take it many seconds and are all alike


class One:
    """One network."""

    def __init__(self, workload):
        self.w, self.loss = workload, LOSSES[workload.loss]
        self.x, self.y = tensors(workload)
        self.start()

    def start(self):
        self.module = module(self.w)
        parameters = self.module.parameters()
        self.optimizer = (torch.optim.Adam(parameters, lr=self.w.rate, fused=True) if self.w.optimizer == "adam"
                          else torch.optim.SGD(parameters, lr=self.w.rate))

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.module(x), y).backward()
        self.optimizer.step()

    def epoch(self):
        if self.w.is_full_batch:
            self.step(self.x, self.y)
            return
        for rows in torch.randperm(self.w.rows).split(self.w.batch):
            self.step(self.x.index_select(0, rows), self.y.index_select(0, rows))

    def mean_loss(self):
        with torch.no_grad():
            return self.loss(self.module(self.x), self.y).item()


class Many(One):
    """As many networks as the workload has models, of squared error, trained as one with a leading axis of models."""

    def start(self):
        layers = zip(*self.w.weights)
        self.parameters = []
        for layer in layers:
            weights, biases = zip(*layer)
            self.parameters += [torch.stack([torch.from_numpy(w.T.copy()) for w in weights]).requires_grad_(),
                                torch.stack([torch.from_numpy(b)[None, :] for b in biases]).requires_grad_()]
        self.optimizer = torch.optim.Adam(self.parameters, lr=self.w.rate, fused=True)

    def forward(self, x):
        h = x.expand(self.w.models, -1, -1)
        n_layers = len(self.parameters) // 2
        for layer in range(n_layers):
            h = torch.baddbmm(self.parameters[2 * layer + 1], h, self.parameters[2 * layer])
            if layer + 1 < n_layers:
                h = torch.relu(h)
        return h

    def step(self, x, y):
        self.optimizer.zero_grad(set_to_none=True)
        ((self.forward(x) - y) ** 2).mean((1, 2)).sum().backward()
        self.optimizer.step()

    def mean_loss(self):
        """Of the first."""
        with torch.no_grad():
            return ((self.forward(self.x)[0] - self.y) ** 2).mean().item()


def train(workload):
    training = (Many if workload.models > 1 else One)(workload)

    def run(epochs):
        if workload.starts_anew:
            training.start()
        for _ in range(epochs):
            training.epoch()

    first = training.mean_loss()
    run(workload.loss_epochs)
    losses = first, training.mean_loss()
    share = SHARE_TIMED if workload.epochs >= 1000 else 1
    serving.serve("PyTorch eager", workload, losses,
                  lambda: share * serving.seconds(lambda: run(workload.epochs // share)),
                  note=f"time of the first {workload.epochs // share:,} epochs, times {share}" if share > 1 else "")


def infer(workload):
    network = module(workload).eval()
    x = torch.from_numpy(workload.x)
    with torch.inference_mode():
        def repetition(rows):
            for part in x.split(rows):
                torch.softmax(network(part), 1)

        candidates = [1] if workload.batch == 1 else [workload.batch, workload.rows]
        rows = min(candidates, key=lambda n: min(serving.seconds(lambda: repetition(n)) for _ in range(3)))
        calls = -(-workload.rows // rows)
        serving.serve("PyTorch eager", workload, None, lambda: serving.seconds(lambda: repetition(rows)), calls=calls,
                      note=f"calls of {rows} rows" if rows > 1 else "")


if __name__ == "__main__":
    prepare()
    chosen = serving.load()
    infer(chosen) if chosen.name.startswith("I") else train(chosen)
