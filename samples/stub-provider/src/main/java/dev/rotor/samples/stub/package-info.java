/**
 * A provider to try things against: it answers on the loopback interface as OpenAI does, counts
 * what each key does, and misbehaves on demand.
 *
 * <p>It speaks HTTP/1.1 over plain sockets. The server of the JDK cannot reset a connection, does
 * not notice a client that leaves while its answer is being prepared, and sends head and body
 * apart, which costs 40 ms a request where acknowledgements are delayed; all three matter here.
 *
 * <p>A request comes in at {@code HttpListener}, is read by a {@code Connection}, written into the
 * {@code Journal}, and goes to {@code Provider}, where scripted answers, faults, the key and its
 * limits decide, in this order; what is left is answered by {@code OpenAiApi}.
 */
@NullMarked
package dev.rotor.samples.stub;

import org.jspecify.annotations.NullMarked;
