/** A Spring Boot application that asks a provider by each of Spring's clients. */
package com.example.boot;
