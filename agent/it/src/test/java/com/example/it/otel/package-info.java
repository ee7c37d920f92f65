/** An application that is traced: some of its requests are sent inside a span of its own. */
package com.example.it.otel;
