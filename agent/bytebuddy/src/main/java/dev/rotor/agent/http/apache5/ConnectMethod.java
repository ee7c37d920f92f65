package dev.rotor.agent.http.apache5;

import java.lang.invoke.MethodHandle;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChain.Scope;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** The client's own {@code ConnectExec.execute} and what comes below it. */
record ConnectMethod(MethodHandle body, Object exec, ExecChain chain) {

  ClassicHttpResponse execute(ClassicHttpRequest request, Scope scope) throws Throwable {
    return (ClassicHttpResponse) (Object) body.invoke(exec, request, scope, chain);
  }
}
