// ffwd units: the hidden units and the layers that a network can have, as a list and as a picture.
#include <string>
#include <vector>

#include "cli/common_options.h"
#include "cli/output_path.h"
#include "cli/text_table.h"
#include "cli/verb.h"
#include "cli/written_view.h"
#include "core/json.h"
#include "core/text.h"
#include "file/atomic_write.h"
#include "network/layer.h"
#include "report/unit_curves.h"

namespace ffwd {
namespace {

class Units final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  std::string output_;
  bool layers_ = false;
  bool json_ = false;
};

const char* name_of(InitRule rule) {
  switch (rule) {
    case InitRule::kHe:
      return "he";
    case InitRule::kLecun:
      return "lecun";
    case InitRule::kGlorot:
      break;
  }
  return "glorot";
}

const char* name_of(LayerSize size) {
  switch (size) {
    case LayerSize::kFree:
      return "given";
    case LayerSize::kSum:
      return "sum";
    case LayerSize::kSameAsAll:
      break;
  }
  return "same";
}

Json units_json() {
  Json json = Json::array();
  for (const UnitRow& unit : units()) {
    Json parameter;
    if (!unit.parameter.empty()) parameter = {{"name", unit.parameter}, {"default", unit.default_parameter}};
    Json kinks = Json::array();
    for (const UnitKink& kink : unit_kinks(unit)) {
      kinks.push_back({{"at", kink.at}, {"slope", kink.slope}, {"jump", kink.jump}});
    }
    json.push_back({{"name", unit.name},
                    {"formula", unit.formula},
                    {"parameter", parameter},
                    {"kinks", kinks},
                    {"initial_weights", name_of(unit.init)}});
  }
  return json;
}

Json layers_json() {
  Json json = Json::array();
  for (const LayerRow* row : layers()) {
    Json options = Json::array();
    for (const LayerOption& option : row->options) {
      Json entry = {{"name", option.name}, {"summary", option.summary}};
      if (option.is_flag()) {
        entry["default"] = option.usual != 0;
      } else {
        entry.update(
            {{"default", option.usual}, {"least", option.low}, {"most", option.high}, {"whole", option.whole}});
        if (option.from_table) entry["default"] = nullptr;
      }
      options.push_back(entry);
    }
    json.push_back({{"name", row->name},
                    {"summary", row->summary},
                    {"source", row->source},
                    {"size", name_of(row->size)},
                    {"options", options},
                    {"unit", row->is_unit},
                    {"word", row->is_word}});
  }
  return json;
}

std::string kinks_in_words(const UnitRow& unit) {
  std::vector<std::string> words;
  for (const UnitKink& kink : unit_kinks(unit)) {
    words.push_back(shortest(static_cast<float>(kink.slope)) + " at " + shortest(kink.at) +
                    (kink.jump ? ", where it jumps" : ""));
  }
  return joined(words, "; ");
}

void print_units(const Console& console) {
  console.out << console.bold("Units") << '\n';
  TextTable table({{.text = "unit", .left = true},
                   {.text = "formula", .left = true},
                   {.text = "parameter", .left = true},
                   {.text = "slope at kinks", .left = true},
                   {.text = "weights", .left = true}});
  for (const UnitRow& unit : units()) {
    const std::string parameter =
        unit.parameter.empty() ? "" : std::string(unit.parameter) + " " + shortest(unit.default_parameter);
    table.add({std::string(unit.name), std::string(unit.formula), parameter, kinks_in_words(unit), name_of(unit.init)});
  }
  for (const LayerRow* row : layers()) {
    if (row->is_unit) table.add({std::string(row->name), std::string(row->summary), "", "", ""});
  }
  table.print(console);
}

std::string in_words(const LayerOption& option) {
  const std::string usual = option.is_flag() ? (option.usual != 0 ? "true" : "false") : shortest(option.usual);
  const std::string words = std::string(option.name) + (option.from_table ? " from the table" : " " + usual) + ": " +
                            std::string(option.summary);
  if (option.is_flag()) return words + ", true or false";
  return words + ", " + (option.whole ? "a whole number " : "") + "from " + shortest(option.low) + " to " +
         shortest(option.high);
}

std::string facts_in_words(const LayerRow& row) {
  std::string words = row.size == LayerSize::kFree  ? "size: given"
                      : row.size == LayerSize::kSum ? "size: of what it reads, together"
                                                    : "size: of each that it reads";
  if (row.is_word) words += "; a word of --hidden";
  if (row.is_unit) words += "; also a unit";
  if (!row.source.empty()) words += "; " + std::string(row.source);
  return words;
}

void print_layers(const Console& console) {
  console.out << console.bold("Layers") << '\n';
  std::size_t width = 0;
  for (const LayerRow* row : layers()) width = std::max(width, row->name.size());
  for (const LayerRow* row : layers()) {
    const std::string margin(width + 6, ' ');
    console.out << "  " << row->name << std::string(width + 2 - row->name.size(), ' ') << row->summary << '\n'
                << margin << console.dim(facts_in_words(*row)) << '\n';
    for (const LayerOption& option : row->options) {
      console.out << margin << console.dim(in_words(option)) << '\n';
    }
  }
}

void Units::declare(Command& command) {
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary = "draws the units with their slopes as an SVG picture",
                  .set = text(output_)});
  command.flag("--layers", "lists the types of layers and their options instead", layers_);
  declare_json(command, json_);
}

int Units::run(Console& console) {
  const double started = console.clock();
  if (!output_.empty()) check_picture_path("--output", output_);
  if (!output_.empty()) write_file(output_, unit_curves_svg());
  if (json_) {
    console.out << dump_json({{"units", units_json()}, {"layers", layers_json()}}) << '\n';
    return 0;
  }
  if (layers_) {
    print_layers(console);
  } else {
    print_units(console);
  }
  if (!output_.empty()) {
    console.out << '\n';
    const std::vector<std::string> written = {output_};
    print_wrote(console, written, console.clock() - started);
  }
  return 0;
}

}  // namespace

// units_row is the row of the layer of that name.
extern constinit const VerbRow units_verb_row{
    .name = "units",
    .summary = "the hidden units and the layers that a network can have",
    .arguments = "[OPTIONS]",
    .example =
        "  ffwd units -o units.svg\n"
        "  ffwd units --layers",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Units>(); },
};

}  // namespace ffwd
