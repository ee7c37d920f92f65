package dev.rotor.it.stacks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One way to send a request: a client on a stack. */
enum Column {
  JDK_SEND(Stack.JDK, "Jdk/send", "`send`"),
  JDK_ASYNC(Stack.JDK, "Jdk/sendAsync", "`sendAsync`"),
  JDK_25(Stack.JDK_25, "Jdk/send", "`send`"),
  URL_CONNECTION(Stack.URL_CONNECTION, "Url/", "over HTTP"),
  OKHTTP_3(Stack.OKHTTP_3, "OkHttp/execute", "`execute`"),
  OKHTTP_3_ENQUEUE(Stack.OKHTTP_3, "OkHttp/enqueue", "`enqueue`"),
  OKHTTP_4(Stack.OKHTTP_4, "OkHttp/execute", "`execute`"),
  OKHTTP_4_ENQUEUE(Stack.OKHTTP_4, "OkHttp/enqueue", "`enqueue`"),
  OKHTTP_5(Stack.OKHTTP_5, "OkHttp/execute", "`execute`"),
  OKHTTP_5_ENQUEUE(Stack.OKHTTP_5, "OkHttp/enqueue", "`enqueue`"),
  APACHE_4(Stack.APACHE_4, "Apache4/", "classic"),
  APACHE_5_4(Stack.APACHE_5_4, "Apache5/", "classic"),
  APACHE_5_4_ASYNC(Stack.APACHE_5_4, "Apache5Async/", "async"),
  APACHE_5_6(Stack.APACHE_5_6, "Apache5/", "classic"),
  APACHE_5_6_ASYNC(Stack.APACHE_5_6, "Apache5Async/", "async"),
  NETTY_1_2(Stack.NETTY_1_2, "Netty/", "its own client"),
  NETTY_1_3(Stack.NETTY_1_3, "Netty/", "its own client"),
  RETROFIT(Stack.RETROFIT, "Retrofit/", "on OkHttp 4"),
  FEIGN(Stack.FEIGN, "Feign/", "on its default client"),
  FEIGN_OKHTTP(Stack.FEIGN_OKHTTP, "Feign/okhttp", "on OkHttp 5"),
  REST_TEMPLATE(Stack.SPRING_6, "RestTemplate/", "`RestTemplate` on its default"),
  REST_CLIENT(Stack.SPRING_6, "RestClient/", "`RestClient` on `java.net.http`"),
  REST_TEMPLATE_APACHE(
      Stack.SPRING_6_APACHE, "RestTemplate/httpcomponents", "`RestTemplate` on HttpComponents 5"),
  WEB_CLIENT(Stack.SPRING_6_REACTIVE, "WebClient/", "`WebClient` on Reactor Netty 1.2"),
  REST_CLIENT_7(Stack.SPRING_7, "RestClient/", "`RestClient` on `java.net.http`"),
  APACHE_4_3(Stack.APACHE_4_3, "Apache4/", "classic"),
  APACHE_5_1(Stack.APACHE_5_1, "Apache5/execute", "classic"),
  APACHE_5_1_ASYNC(Stack.APACHE_5_1, "Apache5Async/", "async"),
  NETTY_1_1(Stack.NETTY_1_1, "Netty/", "its own client");

  private final Stack stack;
  private final String driver;
  private final String way;

  Column(Stack stack, String driver, String way) {
    this.stack = stack;
    this.driver = driver;
    this.way = way;
  }

  static List<Column> of(Stack stack) {
    return Arrays.stream(values()).filter(it -> it.stack == stack).toList();
  }

  /** Those of the table. */
  static List<Column> ofTable() {
    return Arrays.stream(values()).filter(it -> it.stack.isInTable()).toList();
  }

  /** Those whose driver is called so, and its way too where it is said. */
  static Set<Column> on(String... drivers) {
    return Arrays.stream(values())
        .filter(
            it ->
                Arrays.stream(drivers)
                    .anyMatch(
                        name ->
                            name.contains("/")
                                ? it.driver.equals(name)
                                : it.driver.startsWith(name + "/")))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Column.class)));
  }

  /** What the child calls it. */
  String driver() {
    return driver;
  }

  Stack stack() {
    return stack;
  }

  String title() {
    return stack.title() + " " + way;
  }
}
