"""onnxruntime: the network and its softmax as a graph of Gemm, Relu and Softmax, in calls of one row (I1) or of as many as
the workload's batch (I2). Inference only."""
import serving  # first: the environment
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper


def graph(workload):
    nodes, constants, last = [], [], "x"
    n_layers = len(workload.weights[0])
    for layer, (weight, bias) in enumerate(workload.weights[0]):
        constants += [numpy_helper.from_array(weight, f"w{layer}"), numpy_helper.from_array(bias, f"b{layer}")]
        nodes.append(helper.make_node("Gemm", [last, f"w{layer}", f"b{layer}"], [f"z{layer}"], transB=1))
        last = f"z{layer}"
        if layer + 1 < n_layers:
            nodes.append(helper.make_node("Relu", [last], [f"a{layer}"]))
            last = f"a{layer}"
    nodes.append(helper.make_node("Softmax", [last], ["y"], axis=1))
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, workload.sizes[0]])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, workload.sizes[-1]])
    made = helper.make_graph(nodes, "network", [x], [y], constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9).SerializeToString()


def main():
    workload = serving.load()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = serving.ARGUMENTS.threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph(workload), options, providers=["CPUExecutionProvider"])
    parts = [{"x": p} for p in np.split(workload.x, range(workload.batch, workload.rows, workload.batch))]

    def repetition():
        for part in parts:
            session.run(None, part)

    serving.serve("onnxruntime", workload, None, lambda: serving.seconds(repetition), calls=len(parts),
                  note=f"calls of {workload.batch} rows" if workload.batch > 1 else "")


if __name__ == "__main__":
    main()
