package io.venule.opcua;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each chunk of whoever answers at a pump's address before Milo does; anyone on the network can be that until the channel is open. What Milo 1.1.2 does not do: the reason of an error message is
 * no longer than the message, where Milo would set aside up to two gigabytes for it; memory of chunks that never became a message comes back when the connection ends, because each is copied to the heap; and a
 * second acknowledgement ends the connection. Threats T-05, T-22, T-29. Source: OPC 10000-6, 7.1.2.
 */
final class ChunkCheck extends LengthFieldBasedFrameDecoder {
    /** Three letters for the kind, one for whether more follow, the size. */
    private static final int HEADER = 8;

    private static final int SIZE_AT = 4;
    private static final int MOST = 65_535;
    /** Of an error message: header, code, length of the reason. */
    private static final int REASON_AT = 16;

    private static final int ERROR = kind("ERR");
    private static final int ACKNOWLEDGE = kind("ACK");

    private boolean isAcknowledged;
    private boolean isToMove;

    private ChunkCheck(boolean isAcknowledged) {
        super(ByteOrder.LITTLE_ENDIAN, MOST, SIZE_AT, Integer.BYTES, -HEADER, 0, true);
        this.isAcknowledged = isAcknowledged;
    }

    /** For a connection that was just made. */
    static ChunkCheck first() {
        return new ChunkCheck(false);
    }

    private static int kind(String letters) {
        return letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16;
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
        var chunk = (ByteBuf) super.decode(context, in);
        if (chunk == null) {
            return null;
        }
        int kind = chunk.getUnsignedMediumLE(0);
        if (kind == ERROR) {
            requireReason(chunk);
        }
        if (kind == ACKNOWLEDGE) {
            stayFirst(context, in);
        }
        return chunk;
    }

    @Override
    protected ByteBuf extractFrame(ChannelHandlerContext context, ByteBuf buffer, int index, int length) {
        return Unpooled.copiedBuffer(buffer.slice(index, length));
    }

    private static void requireReason(ByteBuf chunk) {
        int left = chunk.readableBytes() - REASON_AT;
        int length = left < 0 ? 0 : chunk.getIntLE(REASON_AT - Integer.BYTES);
        if (left < 0 || length < -1 || length > left) {
            throw new CorruptedFrameException("an error message whose reason is longer than itself");
        }
    }

    /**
     * Once it is acknowledged, Milo puts its own handler in front, by a task of this event loop. The task that follows puts this check in front of that one, and nothing is read in between; from a pump nothing
     * is due then.
     */
    private void stayFirst(ChannelHandlerContext context, ByteBuf rest) {
        if (isAcknowledged || rest.isReadable()) {
            throw new CorruptedFrameException("more than one acknowledgement");
        }
        isAcknowledged = true;
        isToMove = true;
        context.channel().config().setAutoRead(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) throws Exception {
        super.channelRead(context, read);
        if (isToMove) {
            isToMove = false;
            context.executor().execute(() -> move(context));
        }
    }

    private void move(ChannelHandlerContext context) {
        context.pipeline().addFirst(new ChunkCheck(true));
        context.pipeline().remove(this);
        context.channel().config().setAutoRead(true);
    }
}
