#include "deployment/secrets.h"

#include <catch2/catch.hpp>

using namespace preflight;

TEST_CASE("Keys that name a secret") {
  const auto [key, sensitive] = GENERATE(table<std::string, bool>({
      {"s3.secret-key", true},
      {"fs.azure.account.key.x.blob.core.windows.net", true},
      {"security.ssl.rest.key-password", true},
      {"metrics.reporter.dghttp.apikey", true},
      {"metrics.reporter.x.api-key", true},
      {"kubernetes.operator.auth-params", true},
      {"PULSAR_AUTH-PARAMS", true},
      {"gcp.service-key", true},
      {"security.delegation.token.provider", true},
      {"rest.basic-auth", true},
      {"properties.sasl.jaas.config", true},
      {"x.http-headers", true},
      {"DB_PASSWD", true},
      {"db.pwd", true},
      {"--pass", true},
      {"ssl.private-key", true},
      {"aws.accessKey", true},
      {"bypass", false},
      {"state.backend.type", false},
      {"parallelism.default", false},
      {"key", false},
      {"", false},
  }));
  CAPTURE(key);
  CHECK(is_sensitive(key) == sensitive);
}

TEST_CASE("Texts are kept without the secrets in them") {
  const auto [text, kept] = GENERATE(table<std::string, std::string>({
      {"plain text", "plain text"},
      {"https://example.com/a?b=c", "https://example.com/a?b=c"},
      {"https://user@example.com/", "https://user@example.com/"},
      {"https://user:hunter@example.com/a", "https://user:******@example.com/a"},
      {"https://user:hun@ter@example.com/a", "https://user:******@example.com/a"},
      {"a mongodb://u:p@h1 and redis://u:p@h2", "a mongodb://u:******@h1 and redis://u:******@h2"},
      {"://:@", "://:@"},
      {"jdbc:x://h/db?user=u&password=p&ssl=true", "jdbc:x://h/db?user=u&password=******&ssl=true"},
      {"jdbc:sqlserver://h;password={p};user=u", "jdbc:sqlserver://h;password=******};user=u"},
      {"Password = 'a b' x", "Password = '******' x"},
      {R"({"apiKey": "abc", "a": 1})", R"({"apiKey": "******", "a": 1})"},
      {R"({\"apiKey\": \"abc\"})", R"({\"apiKey\": \"******"})"},
      {"ScramLoginModule required username=\"u\" password=\"p\";",
       "ScramLoginModule required username=\"u\" password=\"******\";"},
      {"--db-password hunter --x y", "--db-password ****** --x y"},
      {"--db-password --x y", "--db-password --x y"},
      {"-----BEGIN RSA PRIVATE KEY-----\nabc", "******"},
      {"https://b.s3.amazonaws.com/a.jar?X-Amz-Signature=abc&x=1",
       "https://b.s3.amazonaws.com/a.jar?X-Amz-Signature=******&x=1"},
      {"password=", "password="},
      {"password", "password"},
  }));
  CHECK(without_secrets(text) == kept);
}

TEST_CASE("Arguments are kept without the secrets in them") {
  using Texts = std::vector<std::string>;
  CHECK(without_secrets(Texts{"--password", "a", "b"}) == Texts{"--password", "******", "b"});
  CHECK(without_secrets(Texts{"--password=a", "b"}) == Texts{"--password=******", "b"});
  CHECK(without_secrets(Texts{"-password", "-a", "b"}) == Texts{"-password", "******", "b"});
  CHECK(without_secrets(Texts{"--token", "--other", "b"}) == Texts{"--token", "--other", "b"});
  CHECK(without_secrets(Texts{"password", "a"}) == Texts{"password", "a"});
  CHECK(without_secrets(Texts{"--token"}) == Texts{"--token"});
  CHECK(without_secrets(Texts{"--url", "x://u:p@h"}) == Texts{"--url", "x://u:******@h"});
}
