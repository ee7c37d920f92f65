/** A web application as many are: a servlet, three HTTP clients, and a class with annotations. */
package com.example.shop;
