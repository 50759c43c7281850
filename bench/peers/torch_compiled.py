"""PyTorch, compiled: gathering, forward, backward and update of one step or of several are one graph, whichever is
faster here; the first calls, which compile, are not timed. Inference compiles the network and its softmax."""
import serving  # first: the environment
import torch
from torch_common import LOSSES, module, prepare, tensors

STEPS_IN_A_GRAPH = (1, 4)


class Training:
    """`n_steps` steps are one graph."""

    def __init__(self, workload, n_steps):
        self.w, self.n_steps = workload, n_steps
        self.x, self.y = tensors(workload)
        self.gradient = torch.func.grad(self.mean_loss_of)
        self.compiled = torch.compile(self.steps, fullgraph=True, dynamic=False)
        self.start()
        self.compiled(*self.state, self.order()[0])  # compiles
        self.start()

    def start(self):
        parameters = [torch.from_numpy(t.copy()) for layer in self.w.weights[0] for t in layer]
        self.state = (parameters, [torch.zeros_like(p) for p in parameters], [torch.zeros_like(p) for p in parameters],
                      torch.zeros(()))

    def mean_loss_of(self, parameters, x, y):
        n_layers = len(parameters) // 2
        for layer in range(n_layers):
            x = torch.nn.functional.linear(x, parameters[2 * layer], parameters[2 * layer + 1])
            if layer + 1 < n_layers:
                x = torch.relu(x) if self.w.unit == "relu" else torch.tanh(x)
        return LOSSES[self.w.loss](x, y)

    def update(self, parameters, means, squares, count, gradient):
        if self.w.optimizer == "sgd":
            for p, g in zip(parameters, gradient):
                p.sub_(g, alpha=self.w.rate)
            return
        count += 1
        unbias1, unbias2 = 1 - 0.9 ** count, torch.sqrt(1 - 0.999 ** count)
        for p, g, m, v in zip(parameters, gradient, means, squares):
            m.mul_(0.9).add_(g, alpha=0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            p.sub_(self.w.rate / unbias1 * m / (v.sqrt() / unbias2 + 1e-8))

    def steps(self, parameters, means, squares, count, rows):
        for step in range(self.n_steps):
            x, y = self.x, self.y
            if not self.w.is_full_batch:
                batch = rows[step * self.w.batch:(step + 1) * self.w.batch]
                x, y = x[batch], y[batch]
            self.update(parameters, means, squares, count, self.gradient(tuple(parameters), x, y))

    def order(self):
        """The rows of each call: whole batches alone."""
        rows = self.n_steps * self.w.batch
        if self.w.is_full_batch:
            return [None]
        return torch.randperm(self.w.rows)[:max(1, self.w.rows // rows) * rows].split(rows)

    def run(self, epochs):
        """The seconds that `epochs` epochs take, or would take if those rows could be trained on that fill no graph."""
        if self.w.is_full_batch:
            return serving.seconds(lambda: [self.compiled(*self.state, None) for _ in range(epochs // self.n_steps)])

        def all_epochs():
            for _ in range(epochs):
                for rows in self.order():
                    self.compiled(*self.state, rows)

        trained = len(self.order()) * self.n_steps * self.w.batch
        return serving.seconds(all_epochs) * self.w.rows / trained

    def mean_loss(self):
        return self.mean_loss_of(self.state[0], self.x, self.y).item()


def train(workload):
    with torch.no_grad():
        trainings = [Training(workload, n) for n in STEPS_IN_A_GRAPH]
        trial = workload.epochs // 50 if workload.epochs > 50 else 1
        best = min(trainings, key=lambda t: min(t.run(trial) for _ in range(2)))

        def run(epochs):
            if workload.starts_anew:
                best.start()
            return best.run(epochs)

        best.start()
        first = best.mean_loss()
        run(workload.loss_epochs)
        serving.serve("PyTorch compiled", workload, (first, best.mean_loss()), lambda: run(workload.epochs),
                      note=f"{best.n_steps} steps in a graph")


def infer(workload):
    network = module(workload).eval()
    compiled = torch.compile(lambda x: torch.softmax(network(x), 1), dynamic=False)
    parts = torch.from_numpy(workload.x).split(workload.batch)
    with torch.inference_mode():
        for part in parts[:20]:
            compiled(part)
        serving.serve("PyTorch compiled", workload, None,
                      lambda: serving.seconds(lambda: [compiled(part) for part in parts]), calls=len(parts))


if __name__ == "__main__":
    prepare()
    chosen = serving.load()
    infer(chosen) if chosen.name.startswith("I") else train(chosen)
