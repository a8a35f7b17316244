#include "parsers/maven/pom_cases.h"

namespace preflight::test {

std::vector<PomCase> management_cases() {
  return {
      {"version and scope are managed",
       {{"pom.xml", app(managed(dependency("x", version("1.20.0") + "<scope>provided</scope>")) + "\n" +
                        dependencies(dependency("x")))}},
       {"o:x:1.20.0 provided @pom.xml:2"}},
      {"what the dependency says itself wins",
       {{"pom.xml", app(managed(dependency("x", version("1") + "<scope>provided</scope>")) +
                        dependencies(dependency("x", version("2") + "<scope>runtime</scope>")))}},
       {"o:x:2 runtime"}},
      {"the scope is managed where the version is written",
       {{"pom.xml", app(managed(dependency("x", version("1") + "<scope>provided</scope>")) +
                        dependencies(dependency("x", version("2"))))}},
       {"o:x:2 provided"}},
      {"optional is not managed",
       {{"pom.xml",
         app(managed(dependency("x", version("1") + "<optional>true</optional>")) + dependencies(dependency("x")))}},
       {"o:x:1 compile"}},
      {"exclusions are managed where the dependency has none",
       {{"pom.xml",
         app(managed(
                 dependency("x", version("1") + "<exclusions><exclusion><groupId>e</groupId><artifactId>a</artifactId>"
                                                "</exclusion></exclusions>") +
                 dependency("y", version("1") + "<exclusions><exclusion><groupId>e</groupId><artifactId>a</artifactId>"
                                                "</exclusion></exclusions>")) +
             dependencies(dependency("x") + dependency("y",
                                                       "<exclusions><exclusion><groupId>e</groupId><artifactId>b"
                                                       "</artifactId></exclusion></exclusions>")))}},
       {"o:x:1 compile excludes e:a", "o:y:1 compile excludes e:b"}},
      {"type and classifier are part of the key",
       {{"pom.xml",
         app(managed(dependency("x", version("1")) + dependency("x", version("2") + "<type>test-jar</type>") +
                     dependency("x", version("3") + "<classifier>c</classifier>")) +
             dependencies(dependency("x") + dependency("x", "<type>test-jar</type>") +
                          dependency("x", "<classifier>c</classifier>")))}},
       {"o:x:1 compile", "o:x:2 compile type=test-jar", "o:x:3 compile classifier=c"}},
      {"by a property, at the property's place",
       {{"pom.xml", app(properties("\n<v>1.20</v>\n") + managed(dependency("x", version("${v}"))) +
                        dependencies(dependency("x")))}},
       {"o:x:1.20 compile @pom.xml:3 by v"}},
      {"keys are compared after interpolation",
       {{"pom.xml", app(properties("<scala>2.12</scala>") + managed(dependency("x_2.12", version("1"))) +
                        dependencies(dependency("x_${scala}")))}},
       {"o:x_2.12:1 compile"}},
      {"by the parent",
       {{"app/pom.xml", child(dependencies(dependency("x")))},
        {"pom.xml", aggregator("parent", "1", managed(dependency("x", version("7") + "<scope>test</scope>")))}},
       {"o:x:7 test @pom.xml:2"}},
      {"the child's entry replaces the parent's whole",
       {{"app/pom.xml", child(managed(dependency("x", version("8"))) + dependencies(dependency("x")))},
        {"pom.xml", aggregator("parent", "1", managed(dependency("x", version("7") + "<scope>test</scope>")))}},
       {"o:x:8 compile"}},
      {"the parent's entry, by the child's property",
       {{"app/pom.xml", child(properties("<v>9</v>") + dependencies(dependency("x")))},
        {"pom.xml", aggregator("parent", "1", properties("<v>7</v>") + managed(dependency("x", version("${v}"))))}},
       {"o:x:9 compile @app/pom.xml:2 by v"}},
      {"a dependency that the parent declares, managed by the child",
       {{"app/pom.xml", child(managed(dependency("x", version("8"))))},
        {"pom.xml", aggregator("parent", "1", managed(dependency("x", version("7"))) + dependencies(dependency("x")))}},
       {"o:x:8 compile @app/pom.xml:2"}},
      {"nobody gives a version",
       {{"pom.xml", app(managed(dependency("y", version("1"))) + dependencies(dependency("x")))}},
       {"o:x: compile; no version is written, and no dependencyManagement in the tree gives one"}},
      {"managed without a version",
       {{"pom.xml", app(managed("\n" + dependency("x", "<scope>provided</scope>")) + dependencies(dependency("x")))}},
       {"o:x: provided; managed without a version at pom.xml:3"}},
      {"managed by a property that nobody defines",
       {{"pom.xml", app(managed(dependency("x", version("${v}"))) + dependencies(dependency("x")))}},
       {"o:x: compile by v; property 'v' is not defined in the tree"},
       {"property 'v' is not defined in the tree"}},
  };
}

std::vector<PomCase> bom_cases() {
  const std::string root = aggregator("root", "1", "<modules><module>app</module><module>bom</module></modules>");
  const auto app_in_root = [](const std::string& body) {
    return "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>root</artifactId>"
           "<version>1</version></parent><artifactId>app</artifactId>\n" +
           body + "</project>";
  };
  const std::string bom = aggregator("bom", "1", properties("<v>5</v>") + managed(dependency("x", version("${v}"))));
  const std::string missing_bom = "BOM g:elsewhere:2 (pom.xml:2)";

  return {
      {"a BOM that is a sibling module, interpolated by itself",
       {{"app/pom.xml",
         app_in_root(properties("<v>6</v>") + managed(import_bom("bom", "1")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x:5 compile @bom/pom.xml:2 by v"}},
      {"a BOM's version by property",
       {{"app/pom.xml",
         app_in_root(properties("<b>1</b>") + managed(import_bom("bom", "${b}")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x:5 compile @bom/pom.xml:2 by v"}},
      {"own entries win over a BOM",
       {{"app/pom.xml",
         app_in_root(managed(import_bom("bom", "1") + dependency("x", version("6"))) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x:6 compile"}},
      {"the parent's entries win over the child's BOM",
       {{"app/pom.xml", app_in_root(managed(import_bom("bom", "1")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", aggregator("root", "1",
                               "<modules><module>app</module><module>bom</module></modules>" +
                                   managed(dependency("x", version("7"))))}},
       {"o:x:7 compile @pom.xml:2"}},
      {"of two BOMs the first wins",
       {{"app/pom.xml",
         app_in_root(managed(import_bom("second", "1") + import_bom("bom", "1")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"second/pom.xml", aggregator("second", "1", managed(dependency("x", version("8"))))},
        {"pom.xml", aggregator("root", "1",
                               "<modules><module>app</module><module>bom</module><module>second</module></modules>")}},
       {"o:x:8 compile @second/pom.xml:2"}},
      {"a BOM that imports another",
       {{"app/pom.xml", app_in_root(managed(import_bom("outer", "1")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"outer/pom.xml", aggregator("outer", "1", managed(import_bom("bom", "1")))},
        {"pom.xml",
         aggregator("root", "1", "<modules><module>app</module><module>bom</module><module>outer</module></modules>")}},
       {"o:x:5 compile @bom/pom.xml:2 by v"}},
      {"type pom without scope import is only an entry",
       {{"pom.xml", app(managed(dependency("b", version("1") + "<type>pom</type>")) +
                        dependencies(dependency("b", "<type>pom</type>")))}},
       {"o:b:1 compile type=pom"}},
      {"a BOM that is not in the tree",
       {{"pom.xml",
         app(managed(import_bom("elsewhere", "2")) + dependencies(dependency("x") + dependency("y", version("1"))))}},
       {"o:x: compile; no version is written, and what may manage it is not in the tree: " + missing_bom,
        "o:y:1 compile"},
       {missing_bom + " is not in the tree"}},
      {"a BOM of another version is not that BOM",
       {{"app/pom.xml", app_in_root(managed(import_bom("bom", "2")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x: compile; no version is written, and what may manage it is not in the tree: BOM g:bom:2 (app/pom.xml:2)"},
       {"BOM g:bom:2 (app/pom.xml:2) is not in the tree"}},
      {"a BOM whose version is not known",
       {{"pom.xml", app(managed(import_bom("elsewhere", "${v}")) + dependencies(dependency("x")))}},
       {"o:x: compile; no version is written, and what may manage it is not in the tree: BOM g:elsewhere (pom.xml:2)"},
       {"BOM g:elsewhere (pom.xml:2): property 'v' is not defined in the tree"}},
      {"a BOM that is not in the tree goes before one that is",
       {{"app/pom.xml",
         app_in_root(managed(import_bom("elsewhere", "2") + import_bom("bom", "1")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x: compile; managed as 5 at bom/pom.xml:2, unless BOM g:elsewhere:2 (app/pom.xml:2) manages it: not in the "
        "tree"},
       {"BOM g:elsewhere:2 (app/pom.xml:2) is not in the tree"}},
      {"one after it does not matter",
       {{"app/pom.xml",
         app_in_root(managed(import_bom("bom", "1") + import_bom("elsewhere", "2")) + dependencies(dependency("x")))},
        {"bom/pom.xml", bom},
        {"pom.xml", root}},
       {"o:x:5 compile @bom/pom.xml:2 by v"},
       {"BOM g:elsewhere:2 (app/pom.xml:2) is not in the tree"}},
      {"many BOMs that are not in the tree",
       {{"pom.xml",
         app(managed(import_bom("a", "1") + import_bom("b", "1") + import_bom("c", "1") + import_bom("d", "1")) +
             dependencies(dependency("x")))}},
       {"o:x: compile; no version is written, and what may manage it is not in the tree: BOM g:a:1 (pom.xml:2), "
        "BOM g:b:1 (pom.xml:2), BOM g:c:1 (pom.xml:2) or 1 more"},
       {"BOM g:a:1 (pom.xml:2) is not in the tree", "BOM g:b:1 (pom.xml:2) is not in the tree",
        "BOM g:c:1 (pom.xml:2) is not in the tree", "BOM g:d:1 (pom.xml:2) is not in the tree"}},
      {"a module that cannot be read on the way to a BOM",
       {{"app/pom.xml", app_in_root(managed(import_bom("elsewhere", "2")))},
        {"bom/pom.xml", "<broken>"},
        {"pom.xml", root}},
       {},
       {"module that cannot be read: bom/pom.xml:1: expected </broken> to close the <broken> of this line, found none",
        "BOM g:elsewhere:2 (app/pom.xml:2) is not in the tree"}},
  };
}

}  // namespace preflight::test
