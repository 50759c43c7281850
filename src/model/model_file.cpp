// A Model as the bytes of a .ffwd file and back. docs/model-format.md is the definition of the format.
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/json_reader.h"
#include "core/names.h"
#include "core/raise.h"
#include "ffwd/model.h"
#include "ffwd/version.h"
#include "file/atomic_write.h"
#include "file/model_container.h"
#include "file/read_file.h"
#include "model/answers.h"
#include "model/likelihood.h"
#include "model/parts.h"
#include "model/training_json.h"
#include "network/code_inputs.h"
#include "network/network_json.h"

namespace ffwd {
namespace {

constexpr std::string_view kArrayPrefix = "preprocessing.";

Json description_json(const Model::Parts& parts, NamedArrays& arrays) {
  Json features = Json::array();
  for (const Feature& f : parts.features) features.push_back({{"name", f.name}, {"type", to_string(f.type)}});
  Json missing = parts.missing ? Json(*parts.missing) : Json(nullptr);
  return {{"format", kModelFormat},
          {"version", parts.version},
          {"task", to_string(parts.targets.task())},
          {"members", parts.network.members},
          {"targets", parts.targets.to_json()},
          {"features", std::move(features)},
          {"preprocessing", {{"missing", std::move(missing)}, {"columns", parts.pipeline->to_json(arrays)}}},
          {"network", network_json(parts.network)},
          {"likelihood", likelihood_json(parts.loss)},
          {"training", parts.training}};
}

Task task_named(const JsonReader& reader) {
  for (const Task task : {Task::kRegression, Task::kBinary, Task::kMulticlass, Task::kMultilabel}) {
    if (reader.text("task") == to_string(task)) return task;
  }
  reader.refuse("task", "is '" + shorten(reader.text("task")) + "', which this version does not know");
}

// An invalid network is the user's fault where it was written as options, here it is the file's.
NetworkSpec network_from(const JsonReader& reader, const std::string& where) {
  try {
    return network_from_json(reader.value("network"), reader.count("members"), where);
  } catch (const Error& error) {
    raise({.kind = ErrorKind::kModel, .what = error.fault().what, .where = where, .fix = error.fault().fix});
  }
}

std::vector<Feature> features_from(const JsonReader& reader) {
  std::vector<Feature> features;
  for (const JsonReader& f : reader.objects("features")) {
    f.only({"name", "type"});
    const std::string type = f.text("type");
    Feature feature{.name = f.text("name")};
    for (const ColumnType t : {ColumnType::kInteger, ColumnType::kNumber, ColumnType::kText, ColumnType::kBoolean,
                               ColumnType::kDate, ColumnType::kTimestamp}) {
      if (type == to_string(t)) feature.type = t;
    }
    if (feature.type == ColumnType::kMissing) f.refuse("type", "is '" + shorten(type) + "', which is no column type");
    features.push_back(std::move(feature));
  }
  return features;
}

[[noreturn]] void refuse_array(const Tensor& tensor, const std::string& why, const std::string& where) {
  raise({.kind = ErrorKind::kModel,
         .what = "tensor '" + shorten(tensor.name) + "' " + why,
         .where = where,
         .fix = "the file is damaged, or was not written by ffwd; train the model again"});
}

// Takes the arrays of the preprocessing out of the tensors, which they stand before, sorted by name. Their order is
// checked because names stand outside the checksum: two arrays with swapped names would go unnoticed otherwise.
NamedArrays take_arrays(std::vector<Tensor>& tensors, const std::string& where) {
  const auto is_array = [](const Tensor& t) { return t.name.starts_with(kArrayPrefix); };
  const auto end = std::find_if_not(tensors.begin(), tensors.end(), is_array);
  NamedArrays arrays;
  for (auto tensor = tensors.begin(); tensor != end; ++tensor) {
    auto* values = std::get_if<std::vector<double>>(&tensor->values);
    if (values == nullptr || tensor->shape.size() != 1) refuse_array(*tensor, "must be a list of F64 numbers", where);
    std::string name = tensor->name.substr(kArrayPrefix.size());
    if (!arrays.empty() && name <= arrays.rbegin()->first) refuse_array(*tensor, "is not in its order", where);
    arrays.emplace_hint(arrays.end(), std::move(name), std::move(*values));
  }
  tensors.erase(tensors.begin(), end);
  return arrays;
}

AnyEngine engine_from(const NetworkSpec& network, const std::vector<Tensor>& tensors, const std::string& where) {
  const bool wide = !tensors.empty() && std::holds_alternative<std::vector<double>>(tensors.front().values);
  if (wide) return Engine<double>(network, tensors, where);
  return Engine<float>(network, tensors, where);
}

// What the parts of the description claim of each other.
void check_agreement(const NetworkSpec& network, const Pipeline& pipeline, const Targets& targets, const Loss& loss,
                     const std::vector<Feature>& features, const JsonReader& reader) {
  if (network.n_inputs() != pipeline.n_features()) {
    reader.refuse("network", "reads " + std::to_string(network.n_inputs()) + " features but the preprocessing makes " +
                                 std::to_string(pipeline.n_features()));
  }
  if (network.n_outputs() != n_outputs(targets, loss)) {
    reader.refuse("network", "has " + std::to_string(network.n_outputs()) + " outputs but the targets need " +
                                 std::to_string(n_outputs(targets, loss)));
  }
  const auto columns = pipeline.columns();
  const bool equal =
      std::equal(columns.begin(), columns.end(), features.begin(), features.end(),
                 [](const auto& c, const Feature& f) { return c.first == f.name && c.second == f.type; });
  if (!equal) reader.refuse("features", "do not fit the preprocessing");
  const std::vector<std::string> names = targets.names();
  const auto is_target = [&](const Feature& f) { return std::find(names.begin(), names.end(), f.name) != names.end(); };
  if (std::any_of(features.begin(), features.end(), is_target)) reader.refuse("features", "hold a target");
}

// An embedding has a row for each code that the preprocessing makes, and no other layer takes codes for numbers.
void check_codes(const NetworkSpec& network, const Pipeline& pipeline, const JsonReader& reader) {
  const std::vector<std::size_t> codes = pipeline.codes_of_columns(), column = pipeline.column_of_feature();
  std::map<std::string, std::size_t> made;  // for each input
  std::size_t feature = 0;
  for (const InputSpec& input : network.inputs) {
    std::size_t& most = made[input.name];
    for (std::size_t k = 0; k < input.size; ++k) most = std::max(most, codes[column[feature++]]);
  }
  for (const LayerSpec& layer : network.layers) {
    for (const std::string& from : layer.from) {
      const auto input = made.find(from);
      if (input == made.end() || input->second == categories_of(layer)) continue;
      if (categories_of(layer) == 0) {
        reader.refuse("network", "has a layer '" + shorten(layer.name) + "' that takes codes for numbers");
      }
      reader.refuse("network", "has " + std::to_string(categories_of(layer)) + " categories in layer '" +
                                   shorten(layer.name) + "' but the preprocessing makes " +
                                   std::to_string(input->second) + " codes for it");
    }
  }
}

std::optional<std::vector<std::string>> missing_marks(const JsonReader& preprocessing) {
  if (preprocessing.value("missing").is_null()) return std::nullopt;
  return preprocessing.texts("missing");
}

}  // namespace

std::string Model::description() const {
  NamedArrays arrays;
  return dump_json(description_json(*parts_, arrays));
}

std::string Model::to_bytes() const {
  NamedArrays arrays;
  ModelContainer container{.description = description_json(*parts_, arrays), .tensors = {}};
  for (auto& [name, values] : arrays) {
    container.tensors.push_back(
        {.name = std::string(kArrayPrefix) + name, .shape = {values.size()}, .values = std::move(values)});
  }
  for (Tensor& tensor : std::visit([](const auto& engine) { return engine.stored_tensors(); }, parts_->engine)) {
    container.tensors.push_back(std::move(tensor));
  }
  return pack(std::move(container));
}

Model Model::from_bytes(std::string_view bytes, const std::string& where) {
  ModelContainer container = unpack(bytes, where);
  const JsonReader reader(container.description, where, "");
  reader.only({"format", "version", "task", "members", "targets", "features", "preprocessing", "network", "likelihood",
               "training"});
  const Task task = task_named(reader);
  const NamedArrays arrays = take_arrays(container.tensors, where);
  const JsonReader preprocessing = reader.object("preprocessing");
  preprocessing.only({"missing", "columns"});
  NetworkSpec network = network_from(reader, where);
  Pipeline pipeline = Pipeline::from_json(preprocessing.value("columns"), arrays, where);
  Loss loss = likelihood_from_json(reader, task);
  Targets targets = Targets::from_json(reader, task, values_of(loss));
  std::vector<Feature> features = features_from(reader);
  check_agreement(network, pipeline, targets, loss, features, reader);
  check_codes(network, pipeline, reader);
  check_training(reader, task, loss.row().distribution, targets.names(), features);
  // Last, because only now it is known to be a network of this preprocessing and target.
  AnyEngine engine = engine_from(network, container.tensors, where);
  return Model(std::make_shared<Parts>(Parts{.version = reader.text("version"),
                                             .missing = missing_marks(preprocessing),
                                             .pipeline = std::make_shared<const Pipeline>(std::move(pipeline)),
                                             .targets = std::move(targets),
                                             .network = std::move(network),
                                             .loss = std::move(loss),
                                             .training = reader.value("training"),
                                             .engine = std::move(engine),
                                             .features = std::move(features)}));
}

Model Model::load(const std::string& path) { return from_bytes(read_model_file(path), path); }

void Model::save(const std::string& path) const { write_file(path, to_bytes()); }

}  // namespace ffwd
