#include "fleet_line.h"

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <sstream>

#include "json_report.h"
#include "json_writer.h"

namespace preflight {
namespace {

using CompactWriter = rapidjson::Writer<rapidjson::StringBuffer>;

/// A document of ours without the white space between its parts.
std::string compact(const std::string& json) {
  rapidjson::StringBuffer buffer;
  CompactWriter writer(buffer);
  rapidjson::StringStream stream(json.c_str());
  rapidjson::Reader reader;
  reader.Parse<rapidjson::kParseIterativeFlag>(stream, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::string fleet_line(const FleetLine& line) {
  std::string text = R"({"id":)" + line.id + R"(,"exit":)" + std::to_string(line.exit);
  if (line.report) {
    std::ostringstream report;
    write_json(*line.report, report);
    text += R"(,"verdict":)" + json_string(to_string(line.report->assessment.verdict)) + R"(,"report":)" +
            compact(std::move(report).str());
  } else {
    text += R"(,"error":[)";
    for (std::size_t i = 0; i < line.errors.size(); ++i)
      text += (i == 0 ? "" : ",") + json_string(line.errors[i]);
    text += ']';
  }
  return text + "}\n";
}

}  // namespace preflight
