"""A whole process, as a script is written with PyTorch: read a table, standardise, train 8-64-64-1 for 20 epochs of Adam
with batches of 32, save.      whole_torch.py DATA.csv MODEL"""
import sys

import pandas as pd
import torch

torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)
table = pd.read_csv(sys.argv[1])
x = torch.from_numpy(table.drop(columns="y").to_numpy("float32"))
y = torch.from_numpy(table[["y"]].to_numpy("float32"))
scales = x.mean(0), x.std(0), y.mean(), y.std()
x, y = (x - scales[0]) / scales[1], (y - scales[2]) / scales[3]
network = torch.nn.Sequential(torch.nn.Linear(x.shape[1], 64), torch.nn.ReLU(), torch.nn.Linear(64, 64), torch.nn.ReLU(),
                              torch.nn.Linear(64, 1))
for layer in network[::2]:
    torch.nn.init.xavier_uniform_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
optimizer = torch.optim.Adam(network.parameters(), fused=True)
for epoch in range(20):
    for rows in torch.randperm(len(x)).split(32):
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.mse_loss(network(x[rows]), y[rows]).backward()
        optimizer.step()
torch.save({"network": network.state_dict(), "scales": scales}, sys.argv[2])
with torch.no_grad():
    print(torch.nn.functional.mse_loss(network(x), y).item() * scales[3].item() ** 2)
