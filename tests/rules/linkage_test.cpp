// Each fault of JVMS 5.3 to 5.4 with a class that has it and one that has not. That the JVM agrees is what
// linkage_recording_test.cpp holds.
#include <catch2/catch.hpp>

#include "linkage_world.h"

using preflight::test::problems_of;

namespace {

using Texts = std::vector<std::string>;

struct Row {
  const char* name;
  const char* api;
  const char* application;
  Texts problems;
  const char* target = "2.2";
  const char* from = "";
};

}  // namespace

TEST_CASE("A missing symbol is a problem, one that is found anywhere above its class is none") {
  const Row row = GENERATE(values<Row>({
      {"a class that is there",
       "class org.apache.flink.Thing",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {}},
      {"a class that is gone",
       "class org.apache.flink.Thing until 1.20.1",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {"class_gone org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3"}},
      {"its members are not told apart from it",
       "class org.apache.flink.Thing until 1.20.1 \n method run ()V",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3 \n use new_instance "
       "org.apache.flink.Thing main:4",
       {"class_gone org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3 at com.example.Job.main:4"}},
      {"a class that only comes later",
       "class org.apache.flink.Thing since 2.2.0",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {"class_gone org.apache.flink.Thing first 2.2.0 at com.example.Job.main:3"},
       "1.20"},
      {"a class that came back is missing in between",
       "class org.apache.flink.Thing until 1.20.0",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {"class_gone org.apache.flink.Thing last 1.20.0 at com.example.Job.main:3"},
       "1.20"},
      {"the patch release that still had it",
       "class org.apache.flink.Thing until 1.20.0",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {},
       "1.20.0"},
      {"a gone class that only a descriptor names",
       "class org.apache.flink.Thing until 1.20.1",
       "class com.example.Job \n use descriptor org.apache.flink.Thing",
       {}},
      {"a class of a connector that has no release for the target",
       "class org.apache.flink.Consumer line kafka until 3.1.0-1.18 in flink-connector-kafka",
       "class com.example.Job \n use class_reference org.apache.flink.Consumer main:3",
       {"class_gone org.apache.flink.Consumer last flink-connector-kafka 3.1.0-1.18 at com.example.Job.main:3"}},
      {"a class of a connector that has to be packed",
       "class org.apache.flink.Source line kafka",
       "class com.example.Job \n use class_reference org.apache.flink.Source main:3",
       {"class_not_packed org.apache.flink.Source at com.example.Job.main:3"},
       "2.0"},
      {"the same, packed",
       "class org.apache.flink.Source line kafka",
       "class com.example.Job \n use class_reference org.apache.flink.Source main:3 \n class org.apache.flink.Source",
       {},
       "2.0"},
      {"a copy in the JAR of a class that the target has is not the one that is loaded",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3 \n class "
       "org.apache.flink.Thing "
       "\n method run ()V",
       {"method_gone org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a copy in the JAR of a class that the target lost is",
       "class org.apache.flink.Thing until 1.20.1 \n method run ()V",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3 \n class "
       "org.apache.flink.Thing "
       "\n method run ()V",
       {}},
      {"a method that is gone",
       "class org.apache.flink.Thing \n method run (Ljava/lang/String;[I)V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:(Ljava/lang/String;[I)V main:3",
       {"method_gone org.apache.flink.Thing.run(String,int[]) last 1.20.1 at com.example.Job.main:3"}},
      {"a method with another result",
       "class org.apache.flink.Thing \n method run ()V until 2.0.0 \n method run ()I since 2.2.0",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {"method_gone org.apache.flink.Thing.run() last 2.0.0 at com.example.Job.main:3"}},
      {"a method that moved to the super class",
       "class org.apache.flink.Base \n method run ()V \n class org.apache.flink.Thing extends org.apache.flink.Base \n "
       "method run ()V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {}},
      {"a method that moved to a superinterface of the super class",
       "interface org.apache.flink.Top \n method run ()V \n class org.apache.flink.Base implements "
       "org.apache.flink.Top \n "
       "class org.apache.flink.Thing extends org.apache.flink.Base \n method run ()V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {}},
      {"a static method of a superinterface is nobody's but its own",
       "interface org.apache.flink.Top \n method run ()V static \n class org.apache.flink.Thing implements "
       "org.apache.flink.Top \n method run ()V static until 1.20.1",
       "class com.example.Job \n use invoke_static org.apache.flink.Thing.run:()V main:3",
       {"method_gone org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a constructor is not inherited",
       "class org.apache.flink.Base \n method <init> ()V \n class org.apache.flink.Thing extends org.apache.flink.Base "
       "\n "
       "method <init> ()V until 1.20.1",
       "class com.example.Job \n use invoke_special org.apache.flink.Thing.<init>:()V main:3",
       {"method_gone org.apache.flink.Thing() last 1.20.1 at com.example.Job.main:3"}},
      {"every interface has the public methods of java.lang.Object",
       "interface org.apache.flink.Top",
       "class com.example.Job \n use invoke_interface org.apache.flink.Top.hashCode:()I main:3",
       {}},
      {"a method of the JDK's interface above Flink's class",
       "interface java.util.Sized line java \n method size ()I abstract \n class org.apache.flink.Thing implements "
       "java.util.Sized",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.size:()I main:3",
       {}},
      {"a super class that nobody knows may have it",
       "class org.apache.flink.Thing extends com.third.Base \n method run ()V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {}},
      {"javac names the application's class for what is inherited from Flink's",
       "class org.apache.flink.Function \n method context ()V until 1.20.1",
       "class com.example.Map extends org.apache.flink.Function \n use invoke_virtual com.example.Map.context:()V "
       "map:7 \n "
       "class com.example.Job \n use invoke_virtual org.apache.flink.Function.context:()V main:3",
       {"method_gone org.apache.flink.Function.context() last 1.20.1 at com.example.Map.map:7 at "
        "com.example.Job.main:3"}},
      {"a method between two classes of the JAR is not Flink's business",
       "class org.apache.flink.Thing",
       "class com.example.A \n class com.example.Job \n use invoke_virtual com.example.A.none:()V main:3",
       {}},
      {"a field that is gone",
       "class org.apache.flink.Thing \n field LIMIT I static until 1.20.1",
       "class com.example.Job \n use get_static org.apache.flink.Thing.LIMIT:I main:3",
       {"field_gone org.apache.flink.Thing.LIMIT last 1.20.1 at com.example.Job.main:3"}},
      {"a field that moved to a superinterface",
       "interface org.apache.flink.Top \n field LIMIT I static \n class org.apache.flink.Thing implements "
       "org.apache.flink.Top \n field LIMIT I static until 1.20.1",
       "class com.example.Job \n use get_static org.apache.flink.Thing.LIMIT:I main:3",
       {}},
      {"a switch over an enum that lost a constant",
       "class org.apache.flink.Mode \n field OLD Lorg/apache/flink/Mode; static final until 1.20.1",
       "class com.example.Job$1 \n use get_static org.apache.flink.Mode.OLD:Lorg/apache/flink/Mode; <clinit>:3 \n use "
       "class_reference java.lang.NoSuchFieldError <clinit>:3",
       {}},
      {"code that catches the error was written to do without",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3 \n use class_reference "
       "java.lang.NoSuchMethodError main:4 \n use invoke_virtual org.apache.flink.Thing.run:()V other:9",
       {"method_gone org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.other:9"}},
  }));
  INFO(row.name);
  CHECK(problems_of(row.api, row.application, row.target, row.from) == row.problems);
}

TEST_CASE("A symbol that is found may still be the wrong kind, or out of reach") {
  const Row row = GENERATE(values<Row>({
      {"a method that became static",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1 \n method run ()V static since 2.0.0",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {"became_static org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a static method that is one no more",
       "class org.apache.flink.Thing \n method run ()V static until 1.20.1 \n method run ()V since 2.0.0",
       "class com.example.Job \n use invoke_static org.apache.flink.Thing.run:()V main:3",
       {"became_instance org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a class that became an interface",
       "class org.apache.flink.Thing until 1.20.1 \n method run ()V \n interface org.apache.flink.Thing since 2.0.0 \n "
       "method run ()V",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {"became_interface org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3"}},
      {"an interface that became a class",
       "interface org.apache.flink.Thing until 1.20.1 \n method run ()V \n class org.apache.flink.Thing since 2.0.0 \n "
       "method run ()V",
       "class com.example.Job \n use invoke_interface org.apache.flink.Thing.run:()V main:3",
       {"became_class org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3"}},
      {"a static method of an interface",
       "interface org.apache.flink.Thing \n method of ()V static",
       "class com.example.Job \n use invoke_static org.apache.flink.Thing.of:()V main:3 interface",
       {}},
      {"a class that became abstract",
       "class org.apache.flink.Thing until 1.20.1 \n class org.apache.flink.Thing abstract since 2.0.0",
       "class com.example.Job \n use new_instance org.apache.flink.Thing main:3",
       {"became_abstract org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3"}},
      {"a class that is public no more",
       "class org.apache.flink.Thing until 1.20.1 \n class org.apache.flink.Thing package since 2.0.0",
       "class com.example.Job \n use class_reference org.apache.flink.Thing main:3",
       {"not_accessible org.apache.flink.Thing last 1.20.1 at com.example.Job.main:3"}},
      {"the same package name is not the same package: the class loaders differ",
       "class org.apache.flink.Thing until 1.20.1 \n class org.apache.flink.Thing package since 2.0.0",
       "class org.apache.flink.Job \n use class_reference org.apache.flink.Thing main:3",
       {"not_accessible org.apache.flink.Thing last 1.20.1 at org.apache.flink.Job.main:3"}},
      {"a nested class that the source calls protected is public to the JVM",
       "class org.apache.flink.Thing$Part protected",
       "class com.example.Job \n use class_reference org.apache.flink.Thing$Part main:3",
       {}},
      {"a method that became protected, called from elsewhere",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1 \n method run ()V protected since 2.0.0",
       "class com.example.Job \n use invoke_virtual org.apache.flink.Thing.run:()V main:3",
       {"not_accessible org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"called by a class below, on itself",
       "class org.apache.flink.Thing \n method run ()V protected",
       "class com.example.Job extends org.apache.flink.Thing \n use invoke_virtual com.example.Job.run:()V main:3",
       {}},
      {"called by a class below, on a stranger",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1 \n method run ()V protected since 2.0.0 \n class "
       "org.apache.flink.Other extends org.apache.flink.Thing",
       "class com.example.Job extends org.apache.flink.Thing \n use invoke_virtual org.apache.flink.Other.run:()V "
       "main:3",
       {"not_accessible org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a method that only its package sees now",
       "class org.apache.flink.Thing \n method run ()V until 1.20.1 \n method run ()V package since 2.0.0",
       "class com.example.Job extends org.apache.flink.Thing \n use invoke_virtual com.example.Job.run:()V main:3",
       {"not_accessible org.apache.flink.Thing.run() last 1.20.1 at com.example.Job.main:3"}},
      {"a field that became final",
       "class org.apache.flink.Thing \n field size I until 1.20.1 \n field size I final since 2.0.0",
       "class com.example.Job \n use put_field org.apache.flink.Thing.size:I main:3 \n use get_field "
       "org.apache.flink.Thing.size:I main:4",
       {"not_accessible org.apache.flink.Thing.size last 1.20.1 at com.example.Job.main:3"}},
  }));
  INFO(row.name);
  CHECK(problems_of(row.api, row.application, row.target, row.from) == row.problems);
}

TEST_CASE("What the super types demand of a class") {
  const Row row = GENERATE(values<Row>({
      {"a super class that is gone",
       "class org.apache.flink.Base until 1.20.1",
       "class com.example.Job extends org.apache.flink.Base",
       {"class_gone org.apache.flink.Base last 1.20.1 at com.example.Job"}},
      {"what such a class inherits is not told again",
       "class org.apache.flink.Base until 1.20.1 \n method run ()V",
       "class com.example.Job extends org.apache.flink.Base \n use invoke_virtual com.example.Job.run:()V main:3",
       {"class_gone org.apache.flink.Base last 1.20.1 at com.example.Job"}},
      {"a super class that became final",
       "class org.apache.flink.Base until 1.20.1 \n class org.apache.flink.Base final since 2.0.0",
       "class com.example.Job extends org.apache.flink.Base",
       {"extends_final_class org.apache.flink.Base last 1.20.1 at com.example.Job"}},
      {"a super class that became an interface",
       "class org.apache.flink.Base until 1.20.1 \n interface org.apache.flink.Base since 2.0.0",
       "class com.example.Job extends org.apache.flink.Base",
       {"became_interface org.apache.flink.Base last 1.20.1 at com.example.Job"}},
      {"an interface that became a class",
       "interface org.apache.flink.Base until 1.20.1 \n class org.apache.flink.Base since 2.0.0",
       "class com.example.Job implements org.apache.flink.Base",
       {"became_class org.apache.flink.Base last 1.20.1 at com.example.Job"}},
      {"a method that became final",
       "class org.apache.flink.Base \n method run ()V until 1.20.1 \n method run ()V final since 2.0.0",
       "class com.example.Job extends org.apache.flink.Base \n method run ()V",
       {"overrides_final_method org.apache.flink.Base.run() last 1.20.1 at com.example.Job.run"}},
      {"a private method of that name does not override it, nor does a static one",
       "class org.apache.flink.Base \n method run ()V final",
       "class com.example.Job extends org.apache.flink.Base \n method run ()V private",
       {}},
      {"an abstract method that is new",
       "interface org.apache.flink.Base \n method old ()V abstract \n method add ()V abstract since 2.2.0",
       "class com.example.Job implements org.apache.flink.Base \n method old ()V",
       {"method_not_implemented org.apache.flink.Base.add() last 2.0.0 at com.example.Job"}},
      {"a new method with a body",
       "interface org.apache.flink.Base \n method add ()V since 2.2.0",
       "class com.example.Job implements org.apache.flink.Base",
       {}},
      {"an abstract class may leave it to others",
       "interface org.apache.flink.Base \n method add ()V abstract since 2.2.0",
       "class com.example.Job abstract implements org.apache.flink.Base",
       {}},
      {"a class of the JAR above implements it",
       "interface org.apache.flink.Base \n method add ()V abstract since 2.2.0",
       "class com.example.Above \n method add ()V \n class com.example.Job extends com.example.Above implements "
       "org.apache.flink.Base",
       {}},
      {"a default method of another interface implements it",
       "interface org.apache.flink.Base \n method add ()V abstract since 2.2.0 \n interface org.apache.flink.More "
       "implements "
       "org.apache.flink.Base \n method add ()V",
       "class com.example.Job implements org.apache.flink.Base org.apache.flink.More",
       {}},
      {"a super class that nobody knows may implement it",
       "interface org.apache.flink.Base \n method add ()V abstract since 2.2.0",
       "class com.example.Job extends com.third.Above implements org.apache.flink.Base",
       {}},
      {"equals of a Comparator is implemented by java.lang.Object",
       "interface org.apache.flink.Base \n method equals (Ljava/lang/Object;)Z abstract since 2.2.0",
       "class com.example.Job implements org.apache.flink.Base",
       {}},
  }));
  INFO(row.name);
  CHECK(problems_of(row.api, row.application, row.target, row.from) == row.problems);
}

TEST_CASE("An override that Flink called once and calls no more") {
  const char* const api =
      "interface org.apache.flink.Rich \n method open (Lorg/apache/flink/Configuration;)V abstract until 1.20.1 \n "
      "method open "
      "(Lorg/apache/flink/OpenContext;)V abstract since 1.20.0 \n class org.apache.flink.RichMap implements "
      "org.apache.flink.Rich "
      "\n method open (Lorg/apache/flink/Configuration;)V until 1.20.1 \n method open "
      "(Lorg/apache/flink/OpenContext;)V since "
      "1.20.0 \n class org.apache.flink.Configuration \n class org.apache.flink.OpenContext";
  const Row row = GENERATE_COPY(values<Row>({
      {"it overrides nothing any more",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V",
       {"override_never_called org.apache.flink.RichMap.open(Configuration) last 1.20.1 at com.example.Map.open"}},
      {"it still does on the releases before",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V",
       {},
       "1.20"},
      {"code for several releases overrides both",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V \n "
       "method open "
       "(Lorg/apache/flink/OpenContext;)V",
       {}},
      {"or a class above it does",
       api,
       "class com.example.Above extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/OpenContext;)V \n "
       "class "
       "com.example.Map extends com.example.Above \n method open (Lorg/apache/flink/Configuration;)V",
       {}},
      {"a private method overrides nothing",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V "
       "private",
       {}},
      {"a static method overrides nothing",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V "
       "static",
       {}},
      {"another method of that name is the application's own",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (I)V",
       {}},
      {"a class apart from Flink may call its methods so",
       api,
       "class com.example.Map \n method open (Lorg/apache/flink/Configuration;)V",
       {}},
      {"the application's own interface wants it too",
       api,
       "interface com.example.Opened \n method open (Lorg/apache/flink/Configuration;)V abstract \n class "
       "com.example.Map extends "
       "org.apache.flink.RichMap implements com.example.Opened \n method open (Lorg/apache/flink/Configuration;)V",
       {}},
      {"in a class of the JAR in between, and in the one below",
       api,
       "class com.example.Above extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V \n "
       "class "
       "com.example.Map extends com.example.Above \n method open (Lorg/apache/flink/Configuration;)V",
       {"override_never_called org.apache.flink.RichMap.open(Configuration) last 1.20.1 at com.example.Above.open at "
        "com.example.Map.open"}},
      {"the release that runs now did not call it either",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V",
       {},
       "2.2",
       "2.0"},
      {"the release that runs now does",
       api,
       "class com.example.Map extends org.apache.flink.RichMap \n method open (Lorg/apache/flink/Configuration;)V",
       {"override_never_called org.apache.flink.RichMap.open(Configuration) last 1.20.1 at com.example.Map.open"},
       "2.2",
       "1.20"},
  }));
  INFO(row.name);
  CHECK(problems_of(row.api, row.application, row.target, row.from) == row.problems);
}
