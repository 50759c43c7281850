"""The folders that accuracy is measured on: data.csv[.gz], schema.json and splits/test_K.txt.

schema.json has `task` (regression, binary or multiclass), `target`, and the names of the `categorical` columns;
splits/test_K.txt the numbers of the test rows of split K, from 0; all other rows are for training.
"""
import json
import pathlib

import pandas as pd


class DataSet:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        schema = json.loads((self.folder / "schema.json").read_text(encoding="utf-8"))
        self.name = self.folder.name
        self.target = schema["target"]
        self.categorical = schema["categorical"]
        self.is_regression = schema["task"] == "regression"
        self.n_splits = len(list((self.folder / "splits").glob("test_[0-9]*.txt")))
        path = next(self.folder.glob("data.csv*"))
        self.table = pd.read_csv(path, dtype={name: str for name in self.categorical})
        if not self.is_regression:
            self.table[self.target] = self.table[self.target].astype(str)

    @property
    def n_features(self):
        return self.table.shape[1] - 1

    def split(self, k):
        """Training rows and test rows, as frames."""
        text = (self.folder / "splits" / f"test_{k}.txt").read_text(encoding="utf-8")
        is_test = self.table.index.isin([int(word) for word in text.split()])
        return self.table[~is_test], self.table[is_test]


def find_data_sets(root):
    """Every data set in `root`, by name."""
    return [DataSet(path.parent) for path in sorted(pathlib.Path(root).glob("*/schema.json"))]
