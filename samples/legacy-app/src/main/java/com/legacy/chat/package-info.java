/** Chats through {@code java.net.http}, waiting for the answer and not. */
@NullMarked
package com.legacy.chat;

import org.jspecify.annotations.NullMarked;
