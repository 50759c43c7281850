"""What is compared. Each method takes a data set and its training and test rows, and returns what it predicts for the
test rows: values for regression; for classification a frame of probabilities with a column for each class.

Every method runs with its own defaults, the same for all data sets. The methods of scikit-learn get the preparation
that a practised user writes around them, and are told which columns are categories, as the trees are; ffwd gets the
CSV file, the name of the target, and whether it is a class.
"""
import subprocess

import lightgbm
import pandas as pd
import xgboost
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, StandardScaler


class Ffwd:
    """`ffwd train` and `ffwd predict`, as programs."""

    def __init__(self, program, scratch, options=()):
        self.program, self.scratch, self.options = program, scratch, list(options)

    def __call__(self, data, train, test):
        paths = {name: str(self.scratch / name) for name in ("train.csv", "test.csv", "model.ffwd", "predicted.csv")}
        train.to_csv(paths["train.csv"], index=False)
        test.drop(columns=data.target).to_csv(paths["test.csv"], index=False)
        task = "regression" if data.is_regression else "classification"
        self.run("train", paths["train.csv"], "--target", data.target, "--task", task, "-o", paths["model.ffwd"],
                 *self.options)
        self.run("predict", paths["model.ffwd"], paths["test.csv"], "-o", paths["predicted.csv"])
        predicted = pd.read_csv(paths["predicted.csv"])
        if data.is_regression:
            return predicted["prediction"].to_numpy()
        prefix = "probability_"
        columns = [name for name in predicted.columns if name.startswith(prefix)]
        return predicted[columns].rename(columns=lambda name: name[len(prefix):])

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def features(data, frame):
    return frame.drop(columns=data.target)


def probabilities(model, x):
    return pd.DataFrame(model.predict_proba(x), columns=model.classes_)


def prepared(data, model):
    """Imputed and standardised numbers, one column for each category, then `model`."""
    numbers = [name for name in data.table.columns if name != data.target and name not in data.categorical]
    return make_pipeline(ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        ("words", OneHotEncoder(handle_unknown="ignore"), data.categorical),
    ]), model)


class Scikit:
    """A model of scikit-learn on prepared features; for regression the target is standardised too."""

    def __init__(self, regressor, classifier):
        self.regressor, self.classifier = regressor, classifier

    def __call__(self, data, train, test):
        x, y = features(data, train), train[data.target]
        if not data.is_regression:
            return probabilities(prepared(data, self.classifier()).fit(x, y), features(data, test))
        model = TransformedTargetRegressor(self.regressor(), transformer=StandardScaler())
        return prepared(data, model).fit(x, y).predict(features(data, test))


class Trees:
    """Gradient-boosted trees that take columns of categories and missing values as they are."""

    def __init__(self, regressor, classifier):
        self.regressor, self.classifier = regressor, classifier

    def __call__(self, data, train, test):
        kinds = {name: pd.CategoricalDtype(data.table[name].dropna().unique()) for name in data.categorical}
        x, x_test = (features(data, frame).astype(kinds) for frame in (train, test))
        if data.is_regression:
            return self.regressor().fit(x, train[data.target]).predict(x_test)
        classes = LabelEncoder().fit(train[data.target])
        model = self.classifier().fit(x, classes.transform(train[data.target]))
        return pd.DataFrame(model.predict_proba(x_test), columns=classes.classes_)


def peers():
    return {
        "scikit-learn MLP": Scikit(lambda: MLPRegressor(random_state=0), lambda: MLPClassifier(random_state=0)),
        "linear model": Scikit(LinearRegression, lambda: LogisticRegression(max_iter=1000)),
        "XGBoost": Trees(lambda: xgboost.XGBRegressor(enable_categorical=True),
                         lambda: xgboost.XGBClassifier(enable_categorical=True)),
        "LightGBM": Trees(lambda: lightgbm.LGBMRegressor(verbose=-1), lambda: lightgbm.LGBMClassifier(verbose=-1)),
    }
