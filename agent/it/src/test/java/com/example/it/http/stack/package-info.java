/**
 * One driver for each HTTP client, which sends a request the way an application with this client
 * does. A driver is loaded only when a test asks for it by name, since its client is on the class
 * path of its own stack only: {@link com.example.it.http.stack.Driver#named}.
 */
package com.example.it.http.stack;
