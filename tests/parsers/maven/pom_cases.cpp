#include "parsers/maven/pom_cases.h"

namespace preflight::test {

std::vector<PomCase> literal_cases() {
  return {
      {"a literal version",
       {{"pom.xml", app(dependencies(dependency("x", version("1.20.0"))))}},
       {"o:x:1.20.0 compile"}},
      {"type, classifier, scope and optional",
       {{"pom.xml",
         app(dependencies(dependency("x", version("1") + "<type>test-jar</type><classifier>tests</classifier>"
                                                         "<scope>test</scope><optional>true</optional>")))}},
       {"o:x:1 test type=test-jar classifier=tests optional"}},
      {"exclusions",
       {{"pom.xml",
         app(dependencies(dependency("x", version("1") + "<exclusions><exclusion><groupId>*</groupId>"
                                                         "<artifactId>avro</artifactId></exclusion></exclusions>")))}},
       {"o:x:1 compile excludes *:avro"}},
      {"text is trimmed, comments and CDATA are part of it",
       {{"pom.xml", app(dependencies(dependency("x", "<version>\n  1.<!-- minor -->20<![CDATA[.0]]> \n</version>")))}},
       {"o:x:1.20.0 compile"}},
      {"of two declarations the last one counts",
       {{"pom.xml", app(dependencies(dependency("x", version("1")) + dependency("y", version("1")) +
                                     dependency("x", version("2"))))}},
       {"o:x:2 compile", "o:y:1 compile"}},
      {"a classifier makes another dependency",
       {{"pom.xml", app(dependencies(dependency("x", version("1")) +
                                     dependency("x", version("2") + "<classifier>c</classifier>")))}},
       {"o:x:1 compile", "o:x:2 compile classifier=c"}},
      {"character references",
       {{"pom.xml", app(dependencies(dependency("x", version("1&#46;2"))))}},
       {"o:x:1.2 compile"}},
      {"nothing but elements that do not matter",
       {{"pom.xml", app("<name>n</name><build><plugins><plugin><groupId>g</groupId><artifactId>a</artifactId>"
                        "<dependencies>" +
                        dependency("x", version("1")) + "</dependencies></plugin></plugins></build>")}},
       {}},
  };
}

std::vector<PomCase> property_cases() {
  return {
      {"a property of the pom",
       {{"pom.xml", app(properties("\n<flink.version>1.20.0</flink.version>\n") +
                        dependencies(dependency("x", version("${flink.version}"))))}},
       {"o:x:1.20.0 compile @pom.xml:3 by flink.version"}},
      {"a chain of properties ends at the one that holds the version",
       {{"pom.xml",
         app(properties("<a>${b}</a>\n<b>${c}</b>\n<c>1.20</c>") + dependencies(dependency("x", version("${a}"))))}},
       {"o:x:1.20 compile @pom.xml:4 by c"}},
      {"a version composed of properties is held by the dependency",
       {{"pom.xml", app(properties("<minor>1.20</minor><connector>3.4.0</connector>") +
                        dependencies(dependency("x", version("${connector}-${minor}"))))}},
       {"o:x:3.4.0-1.20 compile"}},
      {"a property composed of others holds it",
       {{"pom.xml", app(properties("<minor>1.20</minor>\n<flink>${minor}.1</flink>") +
                        dependencies(dependency("x", version("${flink}"))))}},
       {"o:x:1.20.1 compile @pom.xml:3 by flink"}},
      {"properties in artifact, scope, type and classifier",
       {{"pom.xml",
         app(properties("<scala>2.12</scala><s>provided</s><t>zip</t><c>k</c>") +
             dependencies(dependency("x_${scala}", version("1") + "<type>${t}</type><classifier>${c}</classifier>"
                                                                  "<scope>${s}</scope>")))}},
       {"o:x_2.12:1 provided type=zip classifier=k"}},
      {"project.version, pom.version and version",
       {{"pom.xml",
         app(dependencies(dependency("x", version("${project.version}")) + dependency("y", version("${pom.version}")) +
                          dependency("z", version("${version}"))))}},
       {"o:x:1 compile @pom.xml:1 by project.version", "o:y:1 compile @pom.xml:1 by pom.version",
        "o:z:1 compile @pom.xml:1 by version"}},
      {"project.groupId as group",
       {{"pom.xml", app("<dependencies><dependency><groupId>${project.groupId}</groupId><artifactId>x</artifactId>"
                        "<version>1</version></dependency></dependencies>")}},
       {"g:x:1 compile"}},
      {"the project's own value goes before a property of that name",
       {{"pom.xml", app(properties("<project.version>9</project.version>") +
                        dependencies(dependency("x", version("${project.version}"))))}},
       {"o:x:1 compile @pom.xml:1 by project.version"}},
      {"a property goes before the project's bare value",
       {{"pom.xml", app(properties("<version>9</version>") + dependencies(dependency("x", version("${version}"))))}},
       {"o:x:9 compile @pom.xml:2 by version"}},
      {"a property that names itself gives way to the next source",
       {{"pom.xml",
         app(properties("<version>${version}</version>") + dependencies(dependency("x", version("${version}"))))}},
       {"o:x:1 compile @pom.xml:1 by version"}},
      {"java.version set in the pom",
       {{"pom.xml", app(properties("<java.version>11</java.version>") +
                        dependencies(dependency("x", version("${java.version}"))))}},
       {"o:x:11 compile @pom.xml:2 by java.version"}},
      {"an unprefixed expression that looks like a path",
       {{"pom.xml", app(properties("<project.build.flink>1.18</project.build.flink>") +
                        dependencies(dependency("x", version("${project.build.flink}"))))}},
       {"o:x:1.18 compile @pom.xml:2 by project.build.flink"}},
      {"revision in the project's version",
       {{"pom.xml",
         "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>app</artifactId>\n"
         "<version>${revision}</version>\n<properties><revision>7</revision></properties>\n" +
             dependencies(dependency("x", version("${project.version}"))) + "</project>"}},
       {"o:x:7 compile @pom.xml:3 by revision"}},
      {"undefined",
       {{"pom.xml", app(dependencies(dependency("x", version("${flink.version}"))))}},
       {"o:x: compile by flink.version; property 'flink.version' is not defined in the tree"},
       {"property 'flink.version' is not defined in the tree"}},
      {"undefined at the end of a chain",
       {{"pom.xml", app(properties("<a>${b}</a>") + dependencies(dependency("x", version("${a}"))))}},
       {"o:x: compile by b; property 'b' is not defined in the tree"},
       {"property 'b' is not defined in the tree"}},
      {"undefined in a composed version",
       {{"pom.xml", app(dependencies(dependency("x", version("1.${patch}"))))}},
       {"o:x: compile; property 'patch' is not defined in the tree"},
       {"property 'patch' is not defined in the tree"}},
      {"undefined in an artifact",
       {{"pom.xml", app(dependencies(dependency("x_${scala}", version("1"))))}},
       {"o:x_${scala}:1 compile; property 'scala' is not defined in the tree"},
       {"property 'scala' is not defined in the tree"}},
      {"the building machine's properties",
       {{"pom.xml",
         app(dependencies(dependency("x", version("${java.version}")) + dependency("y", version("${env.V}"))))}},
       {"o:x: compile by java.version; property 'java.version' is set by the machine that builds",
        "o:y: compile by env.V; property 'env.V' is set by the machine that builds"},
       {"property 'java.version' is set by the machine that builds",
        "property 'env.V' is set by the machine that builds"}},
      {"a cycle",
       {{"pom.xml", app(properties("<a>${b}</a><b>1.${a}</b>") + dependencies(dependency("x", version("${a}"))))}},
       {"o:x: compile @pom.xml:2 by b; property 'a' refers to itself: a -> b -> a"},
       {"property 'a' refers to itself: a -> b -> a"}},
      {"a property that is only itself",
       {{"pom.xml", app(properties("<a>${a}</a>") + dependencies(dependency("x", version("${a}"))))}},
       {"o:x: compile by a; property 'a' refers to itself"},
       {"property 'a' refers to itself"}},
      {"expressions do not nest",
       {{"pom.xml", app(properties("<b>c</b><a.c>1</a.c>") + dependencies(dependency("x", version("${a.${b}}"))))}},
       {"o:x: compile; property 'a.${b' is not defined in the tree"},
       {"property 'a.${b' is not defined in the tree"}},
      {"the project's version is not known",
       {{"pom.xml",
         "<project><groupId>g</groupId><artifactId>app</artifactId><version>${revision}</version></project>"}},
       {},
       {"the project's version: property 'revision' is not defined in the tree"}},
  };
}

std::vector<PomCase> parent_cases() {
  const std::string parent = aggregator("parent", "1", properties("\n<v>1.20</v>\n"));
  const std::string use_v = dependencies(dependency("x", version("${v}")));
  const auto child_by = [&](const std::string& relative_path) {
    return "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>parent</artifactId>"
           "<version>1</version>" +
           relative_path + "</parent><artifactId>app</artifactId>\n" + use_v + "</project>";
  };
  const std::string undefined_in_missing =
      "property 'v' is not defined in the tree; parent g:parent:1 (app/pom.xml:1), which may define it, is not in the "
      "tree either";
  const auto missing = [&](const std::string& because) {
    return std::vector<std::string>{"parent g:parent:1 (app/pom.xml:1) is not in the tree: " + because,
                                    undefined_in_missing};
  };
  const std::vector<std::string> unknown_v = {"o:x: compile by v; " + undefined_in_missing};

  return {
      {"a property of the parent",
       {{"app/pom.xml", child(use_v)}, {"pom.xml", parent}},
       {"o:x:1.20 compile @pom.xml:3 by v"}},
      {"the child's property wins",
       {{"app/pom.xml", child(properties("<v>2</v>") + use_v)}, {"pom.xml", parent}},
       {"o:x:2 compile @app/pom.xml:2 by v"}},
      {"the child's property goes into what it inherits",
       {{"app/pom.xml", child(properties("<v>2</v>"))},
        {"pom.xml", aggregator("parent", "1", properties("<v>1</v>") + use_v)}},
       {"o:x:2 compile @app/pom.xml:2 by v"}},
      {"dependencies: the child's first, then the parent's, the child's wins",
       {{"app/pom.xml", child(dependencies(dependency("x", version("2")) + dependency("y", version("2"))))},
        {"pom.xml",
         aggregator("parent", "1", dependencies(dependency("z", version("1")) + dependency("y", version("1"))))}},
       {"o:x:2 compile", "o:y:2 compile", "o:z:1 compile"}},
      {"a grandparent",
       {{"a/app/pom.xml", child(use_v)},
        {"a/pom.xml",
         "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>top</artifactId>"
         "<version>1</version></parent><artifactId>parent</artifactId><packaging>pom</packaging></project>"},
        {"pom.xml", aggregator("top", "1", properties("<v>3</v>"))}},
       {"o:x:3 compile @pom.xml:2 by v"}},
      {"project.version and project.parent.version in an inherited dependency are the child's",
       {{"app/pom.xml",
         "<project><modelVersion>4.0.0</modelVersion>\n<parent><groupId>g</groupId><artifactId>parent</artifactId>"
         "<version>1</version></parent>\n<artifactId>app</artifactId><version>5</version></project>"},
        {"pom.xml", aggregator("parent", "1",
                               dependencies(dependency("x", version("${project.version}")) +
                                            dependency("y", version("${project.parent.version}"))))}},
       {"o:x:5 compile @app/pom.xml:3 by project.version", "o:y:1 compile @app/pom.xml:2 by project.parent.version"}},
      {"a folder as relativePath",
       {{"app/pom.xml", child_by("<relativePath>../base</relativePath>")}, {"base/pom.xml", parent}},
       {"o:x:1.20 compile @base/pom.xml:3 by v"}},
      {"another file name as relativePath",
       {{"app/pom.xml", child_by("<relativePath>../base/parent.xml</relativePath>")}, {"base/parent.xml", parent}},
       {"o:x:1.20 compile @base/parent.xml:3 by v"}},
      {"backslashes in relativePath",
       {{"app/pom.xml", child_by("<relativePath>..\\base\\pom.xml</relativePath>")}, {"base/pom.xml", parent}},
       {"o:x:1.20 compile @base/pom.xml:3 by v"}},
      {"a leading slash stays in the child's folder",
       {{"app/pom.xml", child_by("<relativePath>/base/pom.xml</relativePath>")}, {"app/base/pom.xml", parent}},
       {"o:x:1.20 compile @app/base/pom.xml:3 by v"}},
      {"a parent whose own group and version are inherited",
       {{"app/sub/pom.xml", child(use_v)},
        {"app/pom.xml",
         "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>top</artifactId>"
         "<version>1</version></parent><artifactId>parent</artifactId><packaging>pom</packaging>" +
             properties("<v>4</v>") + "</project>"},
        {"pom.xml", aggregator("top", "1", "")}},
       {"o:x:4 compile @app/pom.xml:1 by v"}},
      {"revision as the parent's version",
       {{"app/pom.xml",
         "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>parent</artifactId>\n"
         "<version>${revision}</version></parent><artifactId>app</artifactId>" +
             dependencies(dependency("x", version("${project.version}"))) + "</project>"},
        {"pom.xml", aggregator("parent", "${revision}", properties("<revision>8</revision>"))}},
       {"o:x:8 compile @pom.xml:2 by revision"}},
      {"an empty relativePath is not from the tree",
       {{"app/pom.xml", child_by("<relativePath/>")}, {"pom.xml", parent}},
       unknown_v,
       missing("its relativePath is empty")},
      {"no parent there", {{"app/pom.xml", child(use_v)}}, unknown_v, missing("no pom at ../pom.xml")},
      {"another artifact there",
       {{"app/pom.xml", child(use_v)}, {"pom.xml", aggregator("other", "1", properties("<v>1</v>"))}},
       unknown_v,
       missing("../pom.xml is g:other:1")},
      {"another version there",
       {{"app/pom.xml", child(use_v)}, {"pom.xml", aggregator("parent", "2", properties("<v>1</v>"))}},
       unknown_v,
       missing("../pom.xml is g:parent:2")},
      {"what the child says itself does not need the missing parent",
       {{"app/pom.xml", child(properties("<v>2</v>") + use_v)}},
       {"o:x:2 compile @app/pom.xml:2 by v"},
       {"parent g:parent:1 (app/pom.xml:1) is not in the tree: no pom at ../pom.xml"}},
      {"a version that the missing parent may manage",
       {{"app/pom.xml", child(dependencies(dependency("x")))}},
       {"o:x: compile; no version is written, and what may manage it is not in the tree: parent g:parent:1 "
        "(app/pom.xml:1)"},
       {"parent g:parent:1 (app/pom.xml:1) is not in the tree: no pom at ../pom.xml"}},
  };
}

std::vector<PomCase> profile_cases() {
  const std::string use_v = dependencies(dependency("x", version("${v}")));
  const auto counts_as = [](const std::string& profile_id, const std::string& active, const std::string& when) {
    return std::vector<std::string>{"profile '" + profile_id + "' (pom.xml:2) counts as " + active +
                                    "; a build activates it when " + when};
  };
  return {
      {"active by default: properties, dependencies and management",
       {{"pom.xml", app(properties("<v>1</v>") + use_v +
                        profiles(profile("d", kDefault,
                                         "\n" + properties("<v>2</v>") + dependencies(dependency("y")) +
                                             managed(dependency("y", version("3") + "<scope>test</scope>")))))}},
       {"o:x:2 compile @pom.xml:3 by v", "o:y:3 test"}},
      {"a profile's dependency replaces the project's in its place",
       {{"pom.xml", app(dependencies(dependency("x", version("1")) + dependency("y", version("1"))) +
                        profiles(profile("d", kDefault, dependencies(dependency("x", version("2"))))))}},
       {"o:x:2 compile", "o:y:1 compile"}},
      {"two profiles active by default: both, the later wins",
       {{"pom.xml", app(use_v + profiles(profile("d", kDefault, properties("<v>1</v>")) + "\n" +
                                         profile("e", kDefault, properties("<v>2</v>"))))}},
       {"o:x:2 compile @pom.xml:3 by v"}},
      {"a profile without activation is not active",
       {{"pom.xml", app(properties("<v>1</v>") + use_v + profiles(profile("p", "", properties("<v>2</v>"))))}},
       {"o:x:1 compile @pom.xml:2 by v"}},
      {"a parent's profile, active by default",
       {{"app/pom.xml", child(use_v)},
        {"pom.xml", aggregator("parent", "1", profiles(profile("d", kDefault, properties("<v>5</v>"))))}},
       {"o:x:5 compile @pom.xml:2 by v"}},
      {"a child's property beats the parent's profile",
       {{"app/pom.xml", child(properties("<v>6</v>") + use_v)},
        {"pom.xml", aggregator("parent", "1", profiles(profile("d", kDefault, properties("<v>5</v>"))))}},
       {"o:x:6 compile @app/pom.xml:2 by v"}},
      {"a property that is absent activates, and switches off what is active by default",
       {{"pom.xml",
         app(use_v + profiles(profile("d", kDefault, properties("<v>1</v>")) +
                              profile("n", "<property><name>!skip</name></property>", properties("<v>2</v>"))))}},
       {"o:x:2 compile @pom.xml:2 by v"},
       counts_as("n", "active", "property 'skip' is not set")},
      {"a property that has another value activates",
       {{"pom.xml", app(properties("<v>1</v>") + use_v +
                        profiles(profile("n", "<property><name>target</name><value>!emr</value></property>",
                                         properties("<v>2</v>"))))}},
       {"o:x:2 compile @pom.xml:2 by v"},
       counts_as("n", "active", "property 'target' is not 'emr'")},
      {"a property that is to be set",
       {{"pom.xml", app(properties("<v>1</v>") + use_v +
                        profiles(profile("n", "<property><name>flink2</name></property>", properties("<v>2</v>"))))}},
       {"o:x:1 compile @pom.xml:2 by v"},
       counts_as("n", "not active", "property 'flink2' is set")},
      {"a property of a value",
       {{"pom.xml", app(profiles(profile("n", "<property><name>env</name><value>aws</value></property>",
                                         dependencies(dependency("y", version("2"))))))}},
       {},
       counts_as("n", "not active", "property 'env' is 'aws'")},
      {"an environment variable that is to be absent",
       {{"pom.xml", app(profiles(profile("n", "<property><name>!env.CI_ABSENT</name></property>",
                                         dependencies(dependency("y", version("2"))))))}},
       {"o:y:2 compile"},
       counts_as("n", "active", "property 'env.CI_ABSENT' is not set")},
      {"jdk, os and file",
       {{"pom.xml",
         app(profiles(
             profile("n", "<jdk>[17,)</jdk><os><family>dos</family></os><file><exists>${user.home}/x</exists></file>",
                     managed(dependency("y", version("2"))))))}},
       {},
       counts_as("n", "not active",
                 "the JDK is [17,) and the operating system is the one named and the file named exists or is "
                 "missing")},
      {"a condition that fails in every build settles the profile",
       {{"pom.xml", app(profiles(profile("n", "<jdk>[1.4,1.7)</jdk><os><family>dos</family></os>",
                                         dependencies(dependency("y", version("2"))))))}},
       {}},
      {"a JDK that every build has",
       {{"pom.xml", app(profiles(profile("n", "<jdk>[1.8,)</jdk>", dependencies(dependency("y", version("2")))) +
                                 profile("m", "<jdk>!1.7</jdk>", dependencies(dependency("z", version("2"))))))}},
       {"o:y:2 compile", "o:z:2 compile"}},
      {"files that exist and that are missing",
       {{"pom.xml",
         app(profiles(
             profile("e", "<file><exists>${basedir}/here.txt</exists></file>",
                     dependencies(dependency("a", version("1")))) +
             profile("f", "<file><exists>none.txt</exists></file>", dependencies(dependency("b", version("1")))) +
             profile("g", "<file><missing>none.txt</missing></file>", dependencies(dependency("c", version("1")))) +
             profile("h", "<file><missing>here.txt</missing></file>", dependencies(dependency("d", version("1"))))))},
        {"here.txt", ""}},
       {"o:a:1 compile", "o:c:1 compile"}},
      {"a profile that has no bearing on dependencies is not named",
       {{"pom.xml", app(profiles(profile("n", "<jdk>[17,)</jdk>", properties("<argLine>-x</argLine>"))))}},
       {}},
  };
}

}  // namespace preflight::test
