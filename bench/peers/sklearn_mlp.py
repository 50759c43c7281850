"""scikit-learn's MLPRegressor and MLPClassifier, told to do what the workload says: no penalty, no early stopping, and
the initial weights that all begin with. Many models (W8) by joblib, on as many processes as there are threads."""
import serving  # first: the environment
import numpy as np
from joblib import Parallel, delayed
from sklearn.neural_network import MLPClassifier, MLPRegressor


class GivenStart:
    """Begins with the layers it is given, in place of weights of its own."""

    def begin_with(self, layers):
        self.start_ = list(layers)
        return self

    def _init_coef(self, fan_in, fan_out, dtype):
        weight, bias = self.start_.pop(0)
        assert weight.shape == (fan_out, fan_in)
        return weight.T.astype(dtype, order="C"), bias.astype(dtype)


class Regressor(GivenStart, MLPRegressor):
    pass


class Classifier(GivenStart, MLPClassifier):
    pass


def estimator(workload, epochs, model=0):
    kind = Regressor if workload.loss == "mse" else Classifier
    # Its squared error is half of the others': with plain gradient descent twice the rate is the same step.
    rate = workload.rate * (2 if workload.loss == "mse" and workload.optimizer == "sgd" else 1)
    made = kind(hidden_layer_sizes=tuple(workload.sizes[1:-1]), activation=workload.unit, solver=workload.optimizer,
                batch_size=min(workload.batch, workload.rows), learning_rate_init=rate, alpha=0.0,
                max_iter=epochs, tol=0.0, n_iter_no_change=10 ** 9, momentum=0.0, nesterovs_momentum=False,
                shuffle=True, random_state=model)
    return made.begin_with(workload.weights[model])


def mean_loss(workload, model):
    if workload.loss == "mse":
        return float(np.mean((model.predict(workload.x) - workload.y) ** 2))
    probability = model.predict_proba(workload.x)[np.arange(workload.rows), workload.y.astype(int)]
    return float(-np.mean(np.log(np.maximum(probability, 1e-30))))


def classes(workload):
    return {} if workload.loss == "mse" else {"classes": np.arange(max(2, workload.sizes[-1]))}


def losses(workload):
    """Before the first epoch: what an epoch of no rate leaves as it was."""
    idle = estimator(workload, 1).set_params(learning_rate_init=1e-30)
    idle.partial_fit(workload.x, workload.y, **classes(workload))
    trained = estimator(workload, workload.loss_epochs).fit(workload.x, workload.y)
    return mean_loss(workload, idle), mean_loss(workload, trained)


def whole_trainings(workload):
    def one(model):
        return estimator(workload, workload.epochs, model).fit(workload.x, workload.y)

    if workload.models == 1:
        return lambda: serving.seconds(lambda: one(0))
    pool = Parallel(n_jobs=serving.ARGUMENTS.threads)
    return lambda: serving.seconds(lambda: pool(delayed(one)(model) for model in range(workload.models)))


def epochs_of_one(workload):
    model, known = estimator(workload, 1), classes(workload)
    return lambda: serving.seconds(lambda: model.partial_fit(workload.x, workload.y, **known))


def infer(workload):
    model = estimator(workload, 1).partial_fit(workload.x[:1000], workload.y[:1000], **classes(workload))
    parts = np.split(workload.x, range(workload.batch, workload.rows, workload.batch))

    def repetition():
        for part in parts:
            model.predict_proba(part)

    serving.serve("scikit-learn", workload, None, lambda: serving.seconds(repetition), calls=len(parts))


if __name__ == "__main__":
    chosen = serving.load()
    if chosen.name.startswith("I"):
        infer(chosen)
    else:
        repeat = whole_trainings(chosen) if chosen.starts_anew else epochs_of_one(chosen)
        serving.serve("scikit-learn", chosen, losses(chosen), repeat)
