package dev.rotor.agent;

import dev.rotor.runtime.Rotor;
import dev.rotor.runtime.Wording;
import dev.rotor.runtime.config.ConfigException;
import dev.rotor.runtime.config.ConfigLoader;
import dev.rotor.runtime.config.Settings;
import dev.rotor.runtime.state.Ledger;
import dev.rotor.runtime.state.UsedText;
import dev.rotor.runtime.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code java -jar rotor-agent.jar} does: checks a configuration, carries state along. */
public final class CommandLine {

  private static final String USAGE =
      """
      rotor-agent.jar is a Java agent: java -javaagent:rotor-agent.jar=rotor.yaml -jar your-application.jar

      On its own it does this:
        java -jar rotor-agent.jar check FILE           validates a configuration as the start would
        java -jar rotor-agent.jar state export FILE    prints what was used of quotas, a line each
        java -jar rotor-agent.jar state import FILE    reads such lines; of two amounts the larger stands

      FILE is a configuration. State is that of its `state: file:DIR`, which no process may have open.
      Exit status: 0 it can be used, 1 it cannot, 2 wrong arguments.""";

  private CommandLine() {}

  /** Runs a command and ends the JVM with its status. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.in, System.out, System.err));
  }

  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    String command = String.join(" ", arguments);
    if (command.equals("--help") || command.equals("-h")) {
      out.println(USAGE);
      return 0;
    }
    boolean checks = arguments.length == 2 && arguments[0].equals("check");
    boolean carries =
        arguments.length == 3
            && arguments[0].equals("state")
            && (arguments[1].equals("export") || arguments[1].equals("import"));
    if (!checks && !carries) {
      err.println(USAGE);
      return 2;
    }
    Path file = Path.of(arguments[arguments.length - 1]);
    try {
      Settings settings = new ConfigLoader(System.getenv()).load(file);
      if (checks) {
        Rotor.check(settings);
        out.println("fine: " + Wording.summary(settings));
        return 0;
      }
      return state(arguments[1].equals("import"), settings, in, out, err);
    } catch (ConfigException wrong) {
      err.println(Wording.mistakes(file, wrong));
      return 1;
    } catch (IOException | IllegalStateException | IllegalArgumentException failed) {
      err.println("[rotor] " + failed.getMessage());
      return 1;
    }
  }

  private static int state(
      boolean imports, Settings settings, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    Path directory = settings.state().directory();
    if (directory == null) {
      err.println("[rotor] the configuration keeps no state in a file; see `state`");
      return 1;
    }
    try (Ledger ledger = Ledger.inDirectory(directory, Clock.SYSTEM)) {
      if (!ledger.isWritten()) {
        err.println("[rotor] the state in " + directory + " cannot be opened; is it in use?");
        return 1;
      }
      if (imports) {
        ledger.takeOver(UsedText.read(new InputStreamReader(in, StandardCharsets.UTF_8)));
      } else {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        UsedText.write(ledger.used(), text);
        text.flush();
      }
    }
    return 0;
  }
}
