package io.venule.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.HashedWheelTimer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** The threads and timers that all pump sessions share, so that their number does not grow with the fleet. */
final class SharedTransport implements AutoCloseable {
    private static final int CHANNEL_LIFETIME_MILLIS = 3_600_000;

    private final EventLoopGroup loop = new NioEventLoopGroup(2);
    private final HashedWheelTimer wheel = new HashedWheelTimer();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final OpcUaSettings settings;

    SharedTransport(OpcUaSettings settings) {
        this.settings = settings;
    }

    void configure(OpcTcpClientTransportConfigBuilder transport) {
        transport
                .setEventLoop(loop)
                .setWheelTimer(wheel)
                .setExecutor(executor)
                .setScheduledExecutor(timer)
                .setConnectTimeout(uint(settings.connectTimeout().toMillis()))
                .setAcknowledgeTimeout(uint(settings.connectTimeout().toMillis()))
                .setChannelPipelineCustomizer(pipeline -> pipeline.addFirst(ChunkCheck.first()))
                .setChannelLifetime(uint(CHANNEL_LIFETIME_MILLIS));
    }

    /** The same, and each connection that is made joins the others. */
    OpcTcpClientTransportConfig joining(ChannelGroup connections) {
        var transport = OpcTcpClientTransportConfig.newBuilder();
        configure(transport);
        return transport
                .setChannelPipelineCustomizer(pipeline -> {
                    connections.add(pipeline.channel());
                    pipeline.addFirst(ChunkCheck.first());
                })
                .build();
    }

    /** Whether anybody takes calls there: one connection, on these threads as any other, closed as soon as it is made. */
    boolean isAnswered(String host, int port) throws InterruptedException {
        var line = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .handler(new ChannelInboundHandlerAdapter())
                .connect(host, port);
        try {
            return line.await().isSuccess();
        } finally {
            var _ = line.channel().close();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        executor.shutdownNow();
        wheel.stop();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
