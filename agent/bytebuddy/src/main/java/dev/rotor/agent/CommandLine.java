package dev.rotor.agent;

import dev.rotor.runtime.Wording;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import java.io.PrintStream;
import java.nio.file.Path;

/** {@code java -jar rotor-agent.jar check FILE}: validates a configuration as the start would. */
public final class CommandLine {

  private static final String USAGE =
      """
      rotor-agent.jar is a Java agent: java -javaagent:rotor-agent.jar=rotor.yaml -jar your-application.jar

      On its own it does this:
        java -jar rotor-agent.jar check FILE    validates a configuration as the start would

      Exit status: 0 it can be used, 1 it cannot, 2 wrong arguments.""";

  private CommandLine() {}

  /** Runs a command and ends the JVM with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
      out.println(USAGE);
      return 0;
    }
    if (arguments.length != 2 || !arguments[0].equals("check")) {
      err.println(USAGE);
      return 2;
    }
    Path file = Path.of(arguments[1]);
    try {
      out.println("fine: " + Wording.summary(new ConfigLoader(System.getenv()).load(file)));
      return 0;
    } catch (ConfigException wrong) {
      err.println(Wording.mistakes(file, wrong));
      return 1;
    }
  }
}
