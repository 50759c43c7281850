"""JAX at its best: a whole epoch, shuffle included, is one jitted scan over batches; a whole training too, where that is a
repetition. Of a few ways to write the scan (steps unrolled, all parameters in one vector) the fastest here is taken.
Many models (W8) are a vmap inside the scan, all with the same batches. Inference is one jitted call a chunk."""
import os

import serving  # first: the environment

if serving.ARGUMENTS.threads == 1:
    os.environ["XLA_FLAGS"] = (os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false").strip()
os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from jax.flatten_util import ravel_pytree  # noqa: E402

WAYS = ({"unroll": 1, "flat": False}, {"unroll": 4, "flat": False}, {"unroll": 1, "flat": True})


def outputs(workload, parameters, x):
    unit = jax.nn.relu if workload.unit == "relu" else jnp.tanh
    for layer, (weight, bias) in enumerate(parameters):
        x = x @ weight + bias
        if layer + 1 < len(parameters):
            x = unit(x)
    return x


def mean_loss(workload, parameters, x, y):
    z = outputs(workload, parameters, x)
    if workload.loss == "mse":
        return jnp.mean((z - y) ** 2)
    if workload.loss == "bce":
        return jnp.mean(jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))))
    return jnp.mean(jax.nn.logsumexp(z, axis=1) - jnp.take_along_axis(z, y[:, None], axis=1)[:, 0])


def initial(workload, model=0):
    return [(jnp.asarray(weight.T.copy()), jnp.asarray(bias)) for weight, bias in workload.weights[model]]


class Training:
    def __init__(self, workload, unroll, flat):
        self.w, self.way = workload, {"unroll": unroll, "flat": flat}
        targets = workload.targets()
        self.x = jnp.asarray(workload.x)
        self.y = jnp.asarray(targets.astype(np.int32) if workload.loss == "ce" else targets)
        _, self.unravel = ravel_pytree(initial(workload))
        self.step = self.flat_step if flat else self.tree_step
        if workload.models > 1:
            self.step = jax.vmap(self.step, in_axes=(0, None))
        self.run_epochs = jax.jit(self.epochs, static_argnums=2)
        self.loss = jax.jit(lambda p: mean_loss(workload, p, self.x, self.y))
        self.start()

    def start(self):
        models = [initial(self.w, m) for m in range(self.w.models)]
        if self.way["flat"]:
            models = [ravel_pytree(m)[0] for m in models]
        parameters = models[0] if len(models) == 1 else jax.tree.map(lambda *p: jnp.stack(p), *models)
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        count = jnp.float32(0) if len(models) == 1 else jnp.zeros(len(models))
        self.state = parameters, zeros, zeros, count
        self.key = jax.random.key(1)

    def gather(self, rows):
        return (self.x, self.y) if rows is None else (self.x[rows], self.y[rows])

    def flat_step(self, state, rows):
        x, y = self.gather(rows)
        tree = self.unravel(state[0])
        gradient = ravel_pytree(jax.grad(lambda p: mean_loss(self.w, p, x, y))(tree))[0]
        return self.update(state, gradient)

    def tree_step(self, state, rows):
        x, y = self.gather(rows)
        return self.update(state, jax.grad(lambda p: mean_loss(self.w, p, x, y))(state[0]))

    def update(self, state, gradient):
        p, m, v, count = state
        if self.w.optimizer == "sgd":
            return jax.tree.map(lambda p, g: p - self.w.rate * g, p, gradient), m, v, count
        count = count + 1
        rate = self.w.rate * jnp.sqrt(1 - 0.999 ** count) / (1 - 0.9 ** count)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradient)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradient)
        return jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), p, m, v), m, v, count

    def epoch(self, state, key):
        batches = self.w.rows // self.w.batch
        rows = jax.random.permutation(key, self.w.rows)[:batches * self.w.batch].reshape(batches, self.w.batch)
        return jax.lax.scan(lambda s, r: (self.step(s, r), None), state, rows, unroll=self.way["unroll"])[0]

    def epochs(self, state, key, n):
        if self.w.is_full_batch:
            return jax.lax.scan(lambda s, _: (self.step(s, None), None), state, None, length=n,
                                unroll=self.way["unroll"])[0]
        if n == 1:
            return self.epoch(state, key)
        return jax.lax.scan(lambda s, k: (self.epoch(s, k), None), state, jax.random.split(key, n))[0]

    def run(self, n):
        """The seconds that n epochs take, or would take if the rows of the last batch could be trained on as well."""
        self.key, key = jax.random.split(self.key)

        def whole():
            self.state = jax.block_until_ready(self.run_epochs(self.state, key, n))

        return serving.seconds(whole) * (1.0 if self.w.is_full_batch else self.w.whole_batches())

    def mean_loss(self):
        """Of the first, where there are several."""
        parameters = self.state[0]
        if self.w.models > 1:
            parameters = jax.tree.map(lambda p: p[0], parameters)
        return float(self.loss(self.unravel(parameters) if self.way["flat"] else parameters))


def best_way(workload):
    """Compiles each and takes the fastest."""
    def of(way):
        training = Training(workload, **way)
        training.run(workload.epochs)
        training.start()
        return min(training.run(workload.epochs) for _ in range(2)), training

    ways = WAYS if workload.models == 1 else WAYS[:1]
    return min((of(way) for way in ways), key=lambda pair: pair[0])[1]


def train(workload):
    best = best_way(workload)
    best.start()
    first = best.mean_loss()
    for _ in range(1 if workload.starts_anew else workload.loss_epochs):
        best.run(workload.epochs)
    losses = first, best.mean_loss()

    def repeat():
        if workload.starts_anew:
            best.start()
        return best.run(workload.epochs)

    serving.serve("JAX", workload, losses, repeat,
                  note=f"unroll {best.way['unroll']}" + (", one vector" if best.way["flat"] else ""))


def infer(workload):
    parameters = initial(workload)
    answer = jax.jit(lambda x: jax.nn.softmax(outputs(workload, parameters, x)))
    parts = [jnp.asarray(p) for p in np.split(workload.x, range(workload.batch, workload.rows, workload.batch))]

    def repetition():
        for part in parts:
            answer(part).block_until_ready()

    repetition()
    serving.serve("JAX", workload, None, lambda: serving.seconds(repetition), calls=len(parts))


if __name__ == "__main__":
    chosen = serving.load()
    infer(chosen) if chosen.name.startswith("I") else train(chosen)
