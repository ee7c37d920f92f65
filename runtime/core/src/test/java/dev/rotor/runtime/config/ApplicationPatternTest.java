package dev.rotor.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationPatternTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, /shop, true",
    "/shop, shop, true",
    "/shop, /shop, true",
    "shop, shop##2, false",
    "shop*, shop##2, true",
    "shop##*, shop##2, true",
    "shop##*, shop, false",
    "shop, shop2, false",
    "shop, Shop, false",
    "shop, my/shop, false",
    "*, anything/at#all, true",
    "a*c, abc, true",
    "a*c, abcd, false",
    "*.war, deployment.shop.war, true",
    "sh.p, shop, false",
    "ROOT, ROOT, true",
    "ROOT, '', true",
    "ROOT, /, true",
    "/, '', true",
    "/, ROOT, true",
    "/, shop, false",
    "shop, '', false"
  })
  void aNameMatchesWithAndWithoutASlash(String glob, String name, boolean matches) {
    assertThat(ApplicationPattern.of(glob).matches(name)).isEqualTo(matches);
  }
}
