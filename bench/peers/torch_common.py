"""What the two PyTorch peers share."""
import serving  # first: the environment
import torch

LOSSES = {"mse": torch.nn.functional.mse_loss, "bce": torch.nn.functional.binary_cross_entropy_with_logits,
          "ce": torch.nn.functional.cross_entropy}


def prepare():
    torch.set_num_threads(serving.ARGUMENTS.threads)
    torch.manual_seed(0)
    torch.set_flush_denormal(True)  # late moments of Adam become denormal and slow every step down two or three times


def tensors(workload):
    return torch.from_numpy(workload.x), torch.from_numpy(workload.targets())


def module(workload, model=0):
    unit = torch.nn.ReLU if workload.unit == "relu" else torch.nn.Tanh
    layers = []
    for weight, bias in workload.weights[model]:
        linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight))
            linear.bias.copy_(torch.from_numpy(bias))
        layers += [linear, unit()]
    return torch.nn.Sequential(*layers[:-1])
