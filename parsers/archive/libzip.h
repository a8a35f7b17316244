#pragma once

#include <zip.h>

#include <memory>
#include <string>

#include "archive/archive_image.h"

// libzip with C++ ownership: private to jar.cpp.
namespace preflight::libzip {

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct Close {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, Discard>;
using File = std::unique_ptr<zip_file_t, Close>;

/// What went wrong: one of libzip's ZIP_ER_ codes, and its words.
struct Failure {
  int code = ZIP_ER_OK;
  std::string text;
};
Failure failure_of(zip_error_t* error);

/// What zip_source_function needs behind its void*; `image` and this must outlive the zip.
struct ImageCursor {
  explicit ImageCursor(ArchiveImage& its_image) : image(&its_image) { zip_error_init(&error); }
  ~ImageCursor() { zip_error_fini(&error); }
  ImageCursor(const ImageCursor&) = delete;
  ImageCursor& operator=(const ImageCursor&) = delete;

  ArchiveImage* image;
  std::uint64_t position = 0;
  zip_error_t error{};
};

/// Opens the image to be read; an empty pointer where libzip refuses, and then `failure` says why.
Zip open(ImageCursor& cursor, Failure& failure);

}  // namespace preflight::libzip
