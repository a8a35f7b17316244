# What `cmake --install` puts where, and the Debian package that CPack makes of it (scripts/package).
# The man page and the completions are what the program says of itself in --help (scripts/describe-commands).
include(GNUInstallDirs)
find_package(Python3 COMPONENTS Interpreter)

set(package_contact "flink-preflight maintainers <maintainers@flink-preflight.invalid>")

install(TARGETS flink-preflight RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_SOURCE_DIR}/docs/report.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/flink-preflight)

if(Python3_FOUND)
  set(descriptions ${PROJECT_BINARY_DIR}/descriptions)
  add_custom_command(OUTPUT ${descriptions}/flink-preflight.1.gz
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/describe-commands $<TARGET_FILE:flink-preflight> ${descriptions}
    COMMAND gzip -9nkf ${descriptions}/flink-preflight.1
    DEPENDS flink-preflight ${PROJECT_SOURCE_DIR}/scripts/describe-commands
    COMMENT "Writing the man page and the completions")
  add_custom_target(descriptions DEPENDS ${descriptions}/flink-preflight.1.gz)
  install(FILES ${descriptions}/flink-preflight.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
  install(FILES ${descriptions}/flink-preflight.bash RENAME flink-preflight
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
  install(FILES ${descriptions}/_flink-preflight DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions OPTIONAL)
  install(FILES ${descriptions}/flink-preflight.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d OPTIONAL)
endif()

# Debian wants a changelog of its own form; what changed stands in CHANGELOG.md. The time is SOURCE_DATE_EPOCH where it is set.
string(TIMESTAMP built_at "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/debian/changelog @ONLY CONTENT
"flink-preflight (@PROJECT_VERSION@) unstable; urgency=medium

  * See CHANGELOG.md beside this file.

 -- @package_contact@  @built_at@
")
file(ARCHIVE_CREATE OUTPUT ${PROJECT_BINARY_DIR}/debian/changelog.gz PATHS ${PROJECT_BINARY_DIR}/debian/changelog
  FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
install(FILES ${PROJECT_BINARY_DIR}/debian/changelog.gz ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  ${PROJECT_SOURCE_DIR}/cmake/copyright
  DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/flink-preflight)

set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_CONTACT ${package_contact})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "check that an Apache Flink upgrade will start and keep its state")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Reads application JARs, poms and savepoints, and says before an in-place
upgrade whether the new job will start on the target release and which state
of the savepoint comes back. Works offline, without a JVM.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
