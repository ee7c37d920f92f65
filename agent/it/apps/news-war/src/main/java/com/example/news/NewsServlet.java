package com.example.news;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;

/** Asks the provider that {@code ?of=} names. */
public final class NewsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Client client = new Client();

  @Override
  public void destroy() {
    client.close();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    try {
      response.getWriter().println(client.get(URI.create(request.getParameter("of"))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }
}
