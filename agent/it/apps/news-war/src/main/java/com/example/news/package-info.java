/** A second web application beside the shop, with keys of its own. */
package com.example.news;
