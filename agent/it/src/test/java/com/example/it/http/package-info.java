/**
 * An application with three HTTP clients that does what it is told, line by line: {@link
 * com.example.it.http.HttpProgram}.
 */
package com.example.it.http;
