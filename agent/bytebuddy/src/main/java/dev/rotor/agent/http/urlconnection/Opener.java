package dev.rotor.agent.http.urlconnection;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

/** Opens a connection of the JDK's own, which is not wrapped again. */
@FunctionalInterface
interface Opener {
  HttpURLConnection open(URL target) throws IOException;
}
