#include "api_build_command.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <ostream>

#include "api/api_builder.h"
#include "api/api_index_writer.h"
#include "command_line.h"
#include "option_parsing.h"
#include "output_file.h"
#include "user_tables.h"

namespace preflight {
namespace {

namespace po = boost::program_options;

constexpr const char* kCommand = "flink-preflight api build";

po::options_description options_description() {
  po::options_description description(
      "flink-preflight api build --version VERSION -o FILE JAR|FOLDER|ct.sym...\n"
      "flink-preflight api build --merge -o FILE INDEX...\n\n"
      "Writes an index of what the JARs of one release declare, or one index of the\n"
      "releases of many. Of a class that stands in several JARs the first is taken;\n"
      "of a release that is in several indexes the last.\n\nOptions",
      80);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto texts = [](const char* name) { return po::value<std::vector<std::string>>()->value_name(name); };
  description.add_options()                                                     //
      ("version", text("VERSION"), "the release that the JARs are of: 1.20.1")  //
      ("line", text("NAME")->default_value("flink"),
       "what is released together: flink, flink-connector-kafka, java")                              //
      ("package", texts("PREFIX"), "take only this package and those below it; may repeat")          //
      ("without-package", texts("PREFIX"), "leave out this package and those below it; may repeat")  //
      ("merge", po::bool_switch(), "the inputs are indexes")                                         //
      ("output,o", text("FILE"), "where to write the index")                                         //
      ("help", "print this help");
  return description;
}

po::variables_map parse(const std::vector<std::string>& arguments) {
  po::options_description all = options_description();
  all.add_options()("input", po::value<std::vector<std::string>>());
  po::positional_options_description positionals;
  positionals.add("input", -1);
  return values_of(parse_arguments(arguments, all, positionals, kCommand), kCommand);
}

std::vector<std::string> texts(const po::variables_map& values, const char* name) {
  return values.count(name) == 0 ? std::vector<std::string>() : values[name].as<std::vector<std::string>>();
}

std::vector<std::byte> merged(const std::vector<std::string>& inputs, std::ostream& err) {
  std::vector<ApiIndex> layers;
  for (const std::string& input : inputs)
    layers.push_back(read_api_file(input));
  const ApiIndex index = ApiIndex::overlay(std::move(layers));
  err << fmt::format("{} releases of {} indexes\n", index.releases().size(), inputs.size());
  return write_api_index(index);
}

std::vector<std::byte> built(const po::variables_map& values, const std::vector<std::string>& inputs,
                             std::ostream& err) {
  ApiBuilder builder({values["line"].as<std::string>(), values["version"].as<std::string>()},
                     {texts(values, "package"), texts(values, "without-package")});
  for (const std::string& input : inputs)
    builder.add(input);
  err << fmt::format("{} classes with {} members, {} classes more than once\n", builder.classes(), builder.members(),
                     builder.repeated());
  return builder.write();
}

}  // namespace

ExitCode run_api_build_command(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  const po::variables_map values = parse(arguments);
  if (values.count("help") != 0) {
    out << options_description();
    return ExitCode::clean;
  }
  const bool merge = values["merge"].as<bool>();
  const std::vector<std::string> inputs = texts(values, "input");
  if (inputs.empty())
    throw UsageError(merge ? "api build --merge: expected at least one index" : "api build: expected at least one JAR");
  if (values.count("output") == 0)
    throw UsageError("api build: expected --output FILE");
  if (merge == (values.count("version") != 0))
    throw UsageError("api build: expected either --version, the release of the JARs, or --merge");
  const std::vector<std::byte> index = merge ? merged(inputs, err) : built(values, inputs, err);
  write_whole_file(values["output"].as<std::string>(), {reinterpret_cast<const char*>(index.data()), index.size()});
  return ExitCode::clean;
}

}  // namespace preflight
