"""docs/accuracy.md from the figures of a run."""
import numpy as np

from measures import ranks

TEXT = """# Accuracy

How well `ffwd train` predicts with no option but the target (and whether it is a class), beside other methods with theirs left alone: one set of
defaults for all tables. Made by `make accuracy DATA=FOLDER` (`bench/accuracy`); every figure is a mean over the fixed
splits of a data set, always of test rows that training did not see. In bold: the best of a row.

- **ffwd**: `ffwd train TRAIN.csv --target T --task …`, then `ffwd predict`. It keeps a tenth of the training rows for
  early stopping.
- **scikit-learn MLP**: `MLPRegressor()`, `MLPClassifier()`. **linear model**: `LinearRegression()`,
  `LogisticRegression(max_iter=1000)`. Both behind median imputation with indicators, standardised numbers, one-hot
  categories and, for regression, a standardised target.
- **XGBoost**, **LightGBM**: as they come, with their own treatment of categories and missing values.

All but ffwd are told which columns are categories; ffwd finds out. Nobody's options were tuned for a table; but the
defaults of ffwd were chosen with these data sets at hand, on random splits of them and on a few of these, so its figures
are a little flattered.

{versions}.

## Mean rank

Methods are ranked on every data set, 1 is the best, and the ranks are averaged: by error over all {n_data} data sets, by
log loss over those with classes.

{rank_table}

## Regression: root mean squared error

In the target's unit, ± the standard error over the splits.

{regression}

## Classification: share of wrong classes, in %

{classification}

## Classification: log loss

In nats. A method that is sure and wrong pays for it here.

{log_loss}
"""


def table(header, rows):
    line = "|---|" + "--:|" * (len(header) - 1)
    return "\n".join(["| " + " | ".join(header) + " |", line] + ["| " + " | ".join(row) + " |" for row in rows])


class Page:
    def __init__(self, data_sets, methods, results):
        """`results[data][method]` is a list of the measures of the splits."""
        self.data_sets, self.methods, self.results = data_sets, methods, results

    def values(self, data, method, measure):
        return np.array([split[measure] for split in self.results[data.name][method]])

    def mean_ranks(self, measure):
        used = [data for data in self.data_sets if measure in self.results[data.name][self.methods[0]][0]]
        return np.mean([ranks([self.values(data, m, measure).mean() for m in self.methods]) for data in used], axis=0)

    def rank_table(self):
        rows = [[name] + marked(self.mean_ranks(measure), "{:.2f}".format)
                for name, measure in (("error (RMSE, or share of wrong classes)", "error"), ("log loss", "log_loss"))]
        return table(["ranked by"] + self.methods, rows)

    def part(self, data_sets, measure, scale=1):
        rows = []
        for data in data_sets:
            columns = [scale * self.values(data, method, measure) for method in self.methods]
            digits = decimals(min(c.mean() for c in columns))
            spread = [c.std(ddof=1) / np.sqrt(len(c)) for c in columns]
            texts = marked([c.mean() for c in columns], lambda mean: f"{mean:,.{digits}f}")
            label = f"{data.name} ({len(data.table):,} rows, {data.n_features} columns)"
            rows.append([label] + [f"{text} ± {s:,.{digits}f}" for text, s in zip(texts, spread)])
        return table(["data set"] + self.methods, rows)

    def text(self, versions):
        regression = [data for data in self.data_sets if data.is_regression]
        classification = [data for data in self.data_sets if not data.is_regression]
        return TEXT.format(versions=versions, n_data=len(self.data_sets), rank_table=self.rank_table(),
                           regression=self.part(regression, "error"),
                           classification=self.part(classification, "error", 100),
                           log_loss=self.part(classification, "log_loss"))


def decimals(value):
    """Digits after the point that show four figures or so."""
    return int(np.clip(3 - np.floor(np.log10(max(value, 1e-9))), 0, 4))


def marked(values, written):
    texts = [written(value) for value in values]
    best = written(min(values))
    return [f"**{text}**" if text == best else text for text in texts]
