"""The figures that methods are compared by: lower is better in each."""
import numpy as np


def measure(data, truth, predicted):
    """`error` (RMSE in the target's unit, or the share of wrong classes), and for classes `log_loss` in nats."""
    if data.is_regression:
        return {"error": float(np.sqrt(np.mean((np.asarray(predicted) - truth.to_numpy()) ** 2)))}
    classes = np.asarray(predicted.columns.astype(str))
    p = predicted.to_numpy(dtype=float)
    is_right = classes[None, :] == truth.to_numpy()[:, None]
    if not is_right.any(axis=1).all():
        raise ValueError(f"{data.name}: a class of the test rows is not among {classes}")
    right = np.argmax(is_right, axis=1)
    of_right = np.clip(p[np.arange(len(p)), right], 1e-15, 1)
    return {"error": float(np.mean(classes[p.argmax(axis=1)] != truth.to_numpy())),
            "log_loss": float(-np.mean(np.log(of_right)))}


def ranks(values):
    """Of each value, 1 for the lowest; equal ones share the mean of their ranks."""
    values = np.asarray(values)
    return [float((values < v).sum() + ((values == v).sum() + 1) / 2) for v in values]
