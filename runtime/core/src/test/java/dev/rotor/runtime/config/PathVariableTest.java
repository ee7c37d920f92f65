package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathVariableTest {

  @ParameterizedTest
  @CsvSource({
    "/models/{lane}:, /v1beta/models/gemini-2.5-flash:generateContent, gemini-2.5-flash",
    "/models/{lane}:, /v1beta/models/gemini-2.5-flash,",
    "/models/{lane}:, /v1beta/models,",
    "/models/{lane}:, /v1beta/models/:generateContent,",
    "/models/{lane}:, /models/a/b:c,",
    "/models/{lane}:, /models/x/models/a:b, a",
    "/openai/deployments/{lane}/, /openai/deployments/gpt4o/chat/completions, gpt4o",
    "/openai/deployments/{lane}/, /openai/deployments/gpt4o,",
    "/openai/deployments/{lane}/, /openai/deployments//x,",
    "/files/{id}, /v1/files/file-1, file-1",
    "/files/{id}, /v1/files/file-1/content, file-1",
    "/files/{id}, /v1/files/,",
    "/files/{id}, /v1/myfiles/a,",
  })
  void theNameIsFoundWhereverThePieceStands(String piece, String path, @Nullable String name) {
    assertThat(PathVariable.parse(piece).in(path)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/{lane}", "/models", "/{a}/{b}", "/a}b{", "/{a", "/a}", "/{a}}"})
  void aPieceHasOneNameInBraces(String text) {
    assertThatThrownBy(() -> PathVariable.parse(text)).isInstanceOf(MalformedTextException.class);
  }
}
