/** Embeddings through {@code HttpURLConnection}. */
@NullMarked
package com.legacy.embed;

import org.jspecify.annotations.NullMarked;
