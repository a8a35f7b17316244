#include <fstream>
#include <iostream>
#include <string>

#include "html_report.h"
#include "sample_decided_report.h"
#include "sample_reports.h"

// Writes the sample reports as pages for a browser (scripts/check-html). usage: sample_pages FOLDER

int main(int argc, char** argv) {
  using namespace preflight;
  if (argc != 2) {
    std::cerr << "usage: sample_pages FOLDER\n";
    return 2;
  }
  const std::string folder = argv[1];
  const auto write = [&](const std::string& name, const Report& report) {
    std::ofstream file(folder + "/" + name + ".html", std::ios::binary);
    write_html(report, file);
    return file.good();
  };
  bool written = write("decided", decided_report()) && write("large", large_report());
  for (const SampleReport& sample : sample_reports())
    written = write(sample.name, sample.report) && written;
  if (!written)
    std::cerr << "sample_pages: cannot write to " << folder << '\n';
  return written ? 0 : 1;
}
