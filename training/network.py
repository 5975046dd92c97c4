"""The reader's network: one small encoder, a cue head, a role head that re-reads the paragraph for each cue, a names and a facts head.

Sizes: encoder as MiniLM-L6-H384 (6 layers, 384 wide, 12 heads), its feed-forward parts 1,536 wide or cut narrower by
`training.prune`; the role head 3 layers, 192 wide. A teacher's encoder is as large as the checkpoint that it starts from, up to
MPNet-base (12 layers, 768 wide), whose attention also weighs how far two pieces are apart.
Shapes: B windows, L pieces, T tokens, K cues, S tokens of a cue's segment.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.read.windows import CLS, FEATURES, REACH, SEP

HEADS, A_HEAD = 12, 32  # at most so many heads, each so wide or wider
PAD, MASK = 0, 103  # the vocabulary's pieces for padding and for a hidden word
BUCKETS, FAR = 32, 128  # MPNet's distances: how many kinds, and from where on they are all one
CUE_TAGS, ROLE_TAGS, NAME_TAGS, FACT_SETS = 3, 3, 9, 4
FACT_WIDTH = 96
STYLES = 2  # 0: as PolNeAR labels (no nesting), 1: as a Reading does (nested ones too)


class PooledDropout(nn.Module):
    """Dropout whose random masks are slices of one pool at random offsets: drawing them anew cost a tenth of training."""

    pool: ClassVar[dict[tuple[float, torch.dtype], Tensor]] = {}

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        if x.is_cuda:
            return F.dropout(x, self.share)
        key = (self.share, x.dtype)
        if key not in self.pool:
            self.pool[key] = ((torch.rand(1 << 23) >= self.share).float() / (1 - self.share)).to(x.dtype)
        at = int(torch.randint(0, (1 << 23) - x.numel(), (1,)))
        return x * self.pool[key][at : at + x.numel()].view_as(x)


class Fused(torch.autograd.Function):
    """Attention as onnxruntime's one fused operator: what an exported graph calls; it is never run here."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, valid: Tensor | None, heads: int) -> Tensor:
        return q + k + v  # the shape is all that tracing needs

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, valid: Any, heads: int) -> Any:
        inputs = [q, k, v]
        if valid is not None:
            none = g.op("prim::Constant")
            none.setType(torch._C.OptionalType.ofTensor())
            inputs += [none, g.op("Cast", valid, to_i=6)]
        return g.op("com.microsoft::MultiHeadAttention", *inputs, num_heads_i=heads).setType(q.type())


class Part(NamedTuple):
    """How large a stack of layers is."""

    width: int
    layers: int
    heads: int
    inner: int  # width of the feed-forward parts

    @property
    def deep(self) -> int:
        """How wide a head is; layers that some heads were cut out of keep the others as they were."""
        return self.width // heads(self.width)

    @classmethod
    def of(cls, state: dict[str, Tensor], stack: str) -> Part:
        """The size of the layers in a checkpoint whose names begin so."""
        inner, width = state[f"{stack}.layers.0.up.weight"].shape
        layers = sum(k.startswith(f"{stack}.layers.") and k.endswith(".up.weight") for k in state)
        part = cls(width, layers, 0, inner)
        return part._replace(heads=len(state[f"{stack}.layers.0.qkv.weight"]) // 3 // part.deep)


def heads(width: int) -> int:
    """How many heads a layer so wide has to begin with."""
    return min(HEADS, width // A_HEAD)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, part: Part, dropout: float = 0.1) -> None:
        super().__init__()
        width, self.heads, self.deep = part.width, part.heads, part.deep
        self.qkv = nn.Linear(width, 3 * self.heads * self.deep)
        self.merge = nn.Linear(self.heads * self.deep, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, part.inner)
        self.down = nn.Linear(part.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = PooledDropout(dropout)

    def attend(self, x: Tensor, valid: Tensor | None, mask: Tensor | None) -> Tensor:
        """(B, N, D) -> (B, N, heads x deep), what the heads gather."""
        if torch.onnx.is_in_onnx_export():
            return Fused.apply(*self.qkv(x).chunk(3, -1), valid, self.heads)  # type: ignore[no-any-return]
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, self.deep).permute(2, 0, 3, 1, 4).unbind(0)
        if mask is None and valid is not None:
            mask = valid[:, None, None, :] > 0
        return F.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).reshape(b, n, -1)

    def forward(self, x: Tensor, valid: Tensor | None, mask: Tensor | None = None) -> Tensor:
        """x (B, N, D); valid (B, N), 1 where a key may be seen, or None where all may be; or mask (B, heads, N, N), added to the scores."""
        x = self.norm1(x + self.drop(self.merge(self.attend(x, valid, mask))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Size(NamedTuple):
    """How large an encoder and its role head are, and whether attention weighs how far two pieces are apart."""

    encoder: Part
    distances: bool = False
    roles: Part = Part(192, 3, 6, 384)


def buckets(length: int, device: torch.device) -> Tensor:
    """The kind of distance of each piece from each (L, L), as MPNet has them: exact when near, then in ever wider steps."""
    at = torch.arange(length, device=device)
    away = at[:, None] - at[None, :]  # positive where the key stands before
    half, exact = BUCKETS // 2, BUCKETS // 4
    size = away.abs()
    wide = exact + (torch.log(size.clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return half * (away < 0) + torch.where(size < exact, size, wide.clamp(max=half - 1))


def in_berts_order(words: Tensor) -> Tensor:
    """MPNet's word table as BERT's vocabulary numbers it: the same pieces four places later, but for those of its own."""
    found = words[4:-1].clone()
    for piece, at in ((CLS, 0), (PAD, 1), (SEP, 2), (MASK, -1)):
        found[piece] = words[at]
    return found


class Encoder(nn.Module):
    def __init__(self, size: Size, vocabulary: int = 30522, positions: int = 512) -> None:
        super().__init__()
        width = size.encoder.width
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.features = nn.Embedding(FEATURES, width)
        self.distances = nn.Embedding(BUCKETS, heads(width)) if size.distances else None
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size.encoder) for _ in range(size.encoder.layers))
        self.drop = PooledDropout(0.1)
        nn.init.zeros_(self.features.weight)

    def mask(self, length: int, valid: Tensor | None, like: Tensor) -> Tensor | None:
        """What is added to the scores of attention (B, heads, L, L), where distances count."""
        if self.distances is None:
            return None
        away = self.distances(buckets(length, like.device)).permute(2, 0, 1).unsqueeze(0)
        if valid is not None:
            away = away.masked_fill(valid[:, None, None, :] == 0, -1e4)
        kind = like.device.type
        return away.to(torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else like.dtype)

    def enter(self, pieces: Tensor, features: Tensor) -> Tensor:
        """What goes into the layers (B, L, width)."""
        at = torch.arange(pieces.size(1), device=pieces.device)
        return self.norm(self.words(pieces) + self.positions(at) + self.features(features))  # type: ignore[no-any-return]

    def forward(self, pieces: Tensor, features: Tensor, valid: Tensor | None = None) -> Tensor:
        """(B, L) numbers and which of them are no padding -> (B, L, width) states."""
        x = self.drop(self.enter(pieces, features))
        mask = self.mask(pieces.size(1), valid, x)
        for layer in self.layers:
            x = layer(x, valid, mask)
        return x

    def load(self, state: dict[str, Tensor]) -> None:
        """Takes the weights of a checkpoint shaped as BERT (token type 0 goes into the positions) or as MPNet, whose words are put into BERT's order."""
        words, positions = (state[f"embeddings.{n}_embeddings.weight"] for n in ("word", "position"))
        if self.distances is None:
            positions = positions + state["embeddings.token_type_embeddings.weight"][0]
            inputs, merge, norm = ("self.query", "self.key", "self.value"), "output.dense", "output.LayerNorm"
        else:
            words, positions = in_berts_order(words), positions[2:]
            inputs, merge, norm = ("attn.q", "attn.k", "attn.v"), "attn.o", "LayerNorm"
            self.distances.weight.data.copy_(state["encoder.relative_attention_bias.weight"])
        self.words.weight.data.copy_(words)
        self.positions.weight.data.copy_(positions)
        self.norm.load_state_dict({p: state[f"embeddings.LayerNorm.{p}"] for p in ("weight", "bias")})
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for p in ("weight", "bias"):
                qkv = [state[f"{at}attention.{n}.{p}"] for n in inputs]
                getattr(layer.qkv, p).data.copy_(torch.cat(qkv))
                getattr(layer.merge, p).data.copy_(state[f"{at}attention.{merge}.{p}"])
                getattr(layer.norm1, p).data.copy_(state[f"{at}attention.{norm}.{p}"])
                getattr(layer.up, p).data.copy_(state[f"{at}intermediate.dense.{p}"])
                getattr(layer.down, p).data.copy_(state[f"{at}output.dense.{p}"])
                getattr(layer.norm2, p).data.copy_(state[f"{at}output.LayerNorm.{p}"])


class Roles(nn.Module):
    """For each cue, every token of its segment is outside, source or content of that cue."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        width, wide = size.encoder.width, size.roles.width
        self.token = nn.Linear(width, wide)
        self.query = nn.Linear(width, wide)
        self.distance = nn.Embedding(2 * REACH + 1, wide)
        self.in_cue = nn.Embedding(2, wide)
        self.style = nn.Embedding(STYLES, wide)
        self.norm = nn.LayerNorm(wide)
        self.layers = nn.ModuleList(Layer(size.roles) for _ in range(size.roles.layers))
        self.out = nn.Linear(wide, ROLE_TAGS)

    def enter(self, states: Tensor, at: Tensor, cue: Tensor, distance: Tensor, own: Tensor) -> Tensor:
        """What goes into the layers (K, S, D); see `forward`."""
        x = F.embedding(at, states)
        weight = cue.to(x.dtype)
        q = torch.bmm((weight / weight.sum(1, keepdim=True)).unsqueeze(1), x)
        x = self.token(x) + self.query(q) + self.distance(distance) + self.in_cue(cue)
        x = x + torch.lerp(*self.style.weight.unbind(0), own.unsqueeze(1)).unsqueeze(1)
        return self.norm(x)  # type: ignore[no-any-return]

    def forward(
        self, states: Tensor, at: Tensor, cue: Tensor, distance: Tensor, own: Tensor, valid: Tensor | None = None
    ) -> Tensor:
        """states (N, 384), the token states of all windows in one list; at (K, S) into them; cue (K, S) 0/1;
        distance (K, S) 0…2·REACH; own (K,), the share of style 1 from 0 to 1; valid (K, S) or None -> (K, S, 3)."""
        x = self.enter(states, at, cue, distance, own)
        for layer in self.layers:
            x = layer(x, valid)
        return self.out(x)


class Network(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.encoder = Encoder(size)
        self.drop = PooledDropout(0.1)
        width = size.encoder.width
        self.cues = nn.Linear(width, STYLES * CUE_TAGS)
        self.names = nn.Linear(width, NAME_TAGS)
        self.facts = nn.Sequential(nn.Linear(width, FACT_WIDTH), nn.GELU(), nn.Linear(FACT_WIDTH, FACT_SETS))
        self.roles = Roles(size)

    def encode(
        self, pieces: Tensor, features: Tensor, first: Tensor, valid: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(B, L), first (B, T), valid (B, L) -> states (B, T, 384), cue logits (B, T, 2·3), name logits (B, T, 9), what each
        token is worth as a fact (B, T, 4), about -1 to 1, by each set of `data.FACTS`."""
        h = self.encoder(pieces, features, valid)
        h = torch.gather(h, 1, first.unsqueeze(-1).expand(-1, -1, h.size(-1)))
        h = self.drop(h)
        return h, self.cues(h), self.names(h), self.facts(h)

    @classmethod
    def of(cls, state: dict[str, Tensor]) -> Network:
        """The network of a checkpoint, as large as the checkpoint is; one without a facts head, as the shipped graphs are, gets a new one.

        Raises RuntimeError where another parameter is missing.
        """
        net = cls(Size(Part.of(state, "encoder"), "encoder.distances.weight" in state, Part.of(state, "roles")))
        new = {k: v for k, v in net.state_dict().items() if k.startswith("facts.")}
        net.load_state_dict(new | state)
        return net

    @classmethod
    def from_encoder(cls, state: dict[str, Tensor]) -> Network:
        """A new network on an encoder's checkpoint, as large as that is (BERT or MPNet with 12 heads)."""
        state = {k.removeprefix("bert.").removeprefix("mpnet."): v for k, v in state.items()}
        layers = sum(k.endswith(".intermediate.dense.weight") for k in state)
        inner, width = state["encoder.layer.0.intermediate.dense.weight"].shape
        net = cls(Size(Part(width, layers, heads(width), inner), "encoder.relative_attention_bias.weight" in state))
        net.encoder.load(state)
        return net
