#include "embedded_api_index.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "embedded_api.h"

namespace preflight {

ApiIndex api_index(std::vector<ApiIndex> added) {
  const EmbeddedFile& file = embedded_api_files[0];
  ApiIndex embedded =
      ApiIndex::read(std::as_bytes(std::span(file.begin, file.end)), {"embedded " + std::string(file.name)});
  if (added.empty())
    return embedded;
  std::vector<ApiIndex> layers;
  layers.push_back(std::move(embedded));
  std::ranges::move(added, std::back_inserter(layers));
  return ApiIndex::overlay(std::move(layers));
}

}  // namespace preflight
