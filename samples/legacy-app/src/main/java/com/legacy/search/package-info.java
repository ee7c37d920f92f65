/** Search: a method without HTTP that a configuration can limit and cache. */
@NullMarked
package com.legacy.search;

import org.jspecify.annotations.NullMarked;
