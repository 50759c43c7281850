"""A whole process, as a script is written with scikit-learn: read a table, standardise, train 8-64-64-1 for 20 epochs of
Adam with batches of 32, save.      whole_sklearn.py DATA.csv MODEL"""
import pickle
import sys
import warnings

import pandas as pd
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")  # that 20 epochs are not enough to converge
table = pd.read_csv(sys.argv[1])
x, y = table.drop(columns="y").to_numpy("float32"), table["y"].to_numpy("float32")
scale = StandardScaler()
target = scale.fit_transform(y[:, None])[:, 0]
network = MLPRegressor((64, 64), batch_size=32, max_iter=20, alpha=0.0, tol=0.0, n_iter_no_change=21, random_state=0)
model = make_pipeline(StandardScaler(), network)
model.fit(x, target)
with open(sys.argv[2], "wb") as file:
    pickle.dump((model, scale), file)
print(((model.predict(x) - target) ** 2).mean() * y.var())
