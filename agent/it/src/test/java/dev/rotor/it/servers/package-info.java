/**
 * Rotor in servers as users run them: Spring Boot from an executable jar, and Tomcat from its
 * distribution. The applications are modules of their own, below {@code apps}.
 */
package dev.rotor.it.servers;
