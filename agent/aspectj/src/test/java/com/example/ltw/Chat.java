package com.example.ltw;

import dev.rotor.annotations.ApiKey;
import dev.rotor.annotations.RotatedApi;
import java.util.concurrent.CompletableFuture;

/** An annotated interface; what implements it need not be. */
@RotatedApi("chat")
interface Chat<Q> {

  String ask(Q question, @ApiKey String key) throws Busy;

  CompletableFuture<String> askLater(Q question, @ApiKey String key);
}
