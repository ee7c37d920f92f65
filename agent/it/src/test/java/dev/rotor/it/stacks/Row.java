package dev.rotor.it.stacks;

import dev.rotor.samples.stub.StubProviderBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One scenario for every column.
 *
 * @param api what stands under the API's name, as in {@link dev.rotor.it.http.Providers#filled}
 * @param exceptions why it makes no sense for some columns
 */
record Row(
    String name,
    String api,
    UnaryOperator<StubProviderBuilder> provider,
    Map<Column, String> exceptions,
    Body body) {

  /** What happens and is checked. */
  @FunctionalInterface
  interface Body {
    void run(Trial it) throws Exception;
  }

  static Row of(String name, String api, Body body) {
    return new Row(name, api, UnaryOperator.identity(), Map.of(), body);
  }

  Row provider(UnaryOperator<StubProviderBuilder> newProvider) {
    return new Row(name, api, newProvider, exceptions, body);
  }

  /** Says why it makes no sense for some. */
  Row except(Set<Column> columns, String reason) {
    Map<Column, String> more = new EnumMap<>(Column.class);
    more.putAll(exceptions);
    columns.forEach(it -> more.putIfAbsent(it, reason));
    return new Row(name, api, provider, more, body);
  }
}
