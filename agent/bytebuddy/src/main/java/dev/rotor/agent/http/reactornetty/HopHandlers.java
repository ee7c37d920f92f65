package dev.rotor.agent.http.reactornetty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

/** Where the two handlers of a hop stand in its channel's pipeline. */
record HopHandlers(RequestHandler request, AnswerHandler answer) {

  void install(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    uninstall(pipeline);
    String codec =
        pipeline.get(NettyPipeline.HttpCodec) != null
            ? NettyPipeline.HttpCodec
            : NettyPipeline.H2ToHttp11Codec;
    if (pipeline.get(codec) != null) {
      pipeline.addAfter(codec, RequestHandler.NAME, request);
    } else {
      pipeline.addBefore(NettyPipeline.ReactiveBridge, RequestHandler.NAME, request);
    }
    pipeline.addBefore(NettyPipeline.ReactiveBridge, AnswerHandler.NAME, answer);
  }

  /** Removes those of the hop before, or of one that is over. */
  static void uninstall(ChannelPipeline pipeline) {
    if (pipeline.get(RequestHandler.NAME) != null) {
      pipeline.remove(RequestHandler.NAME);
    }
    if (pipeline.get(AnswerHandler.NAME) != null) {
      pipeline.remove(AnswerHandler.NAME);
    }
  }
}
