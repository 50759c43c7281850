#!/usr/bin/env python3
"""Writes breast_cancer.csv and diabetes.csv from the sets that scikit-learn brings along (1.9.1 wrote those here).

    pip install scikit-learn && python3 examples/data/export.py

Names of columns become words joined by '_', class numbers become the classes' names; no value is changed.
"""
import csv
import pathlib

from sklearn.datasets import load_breast_cancer, load_diabetes

HERE = pathlib.Path(__file__).parent
DIABETES_NAMES = {"bp": "blood_pressure", "s1": "total_cholesterol", "s2": "ldl", "s3": "hdl", "s4": "cholesterol_ratio",
                  "s5": "log_triglycerides", "s6": "glucose"}


def number(value):
    """The shortest text that reads back to the same number, whole numbers without a point."""
    return str(int(value)) if value == int(value) else repr(float(value))


def write(name, header, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    cancer = load_breast_cancer()
    write("breast_cancer.csv",
          [*(name.replace(" ", "_") for name in cancer.feature_names), "diagnosis"],
          ([*map(number, x), cancer.target_names[y]] for x, y in zip(cancer.data, cancer.target)))
    diabetes = load_diabetes(scaled=False)
    write("diabetes.csv",
          [*(DIABETES_NAMES.get(name, name) for name in diabetes.feature_names), "progression"],
          ([*map(number, x), number(y)] for x, y in zip(diabetes.data, diabetes.target)))


if __name__ == "__main__":
    main()
