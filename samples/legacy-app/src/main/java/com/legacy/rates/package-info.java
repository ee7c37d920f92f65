/** Exchange rates: a method over HTTP that a configuration can bind. */
@NullMarked
package com.legacy.rates;

import org.jspecify.annotations.NullMarked;
