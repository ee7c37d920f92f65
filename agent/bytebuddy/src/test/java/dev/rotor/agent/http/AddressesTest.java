package dev.rotor.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void theSchemesOwnPortIsNotNamed() {
    assertThat(Addresses.origin("https", "api.example", 443)).hasToString("https://api.example");
    assertThat(Addresses.origin("http", "api.example", -1)).hasToString("http://api.example");
    assertThat(Addresses.origin("http", "api.example", 443)).hasToString("http://api.example:443");
  }

  @Test
  void anIpv6AddressHasBracketsInAddressesOnly() {
    URI address = Addresses.origin("http", "::1", 8080);

    assertThat(address).hasToString("http://[::1]:8080");
    assertThat(Addresses.host(address)).isEqualTo("::1");
    assertThat(Addresses.bracketed("[::1]")).isEqualTo("[::1]");
  }

  @Test
  void aPortThatIsNotNamedIsTheSchemesOwn() {
    URI named = URI.create("https://API.example:443/v1");

    assertThat(Addresses.port(URI.create("https://api.example/"))).isEqualTo(443);
    assertThat(Addresses.isSameOrigin(named, URI.create("HTTPS://api.example/v2"))).isTrue();
    assertThat(Addresses.isSameOrigin(named, URI.create("http://api.example:443/"))).isFalse();
  }
}
