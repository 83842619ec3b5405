using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;
using Cartulary.Fuzz.Inputs;

namespace Cartulary.Fuzz.Targets;

/// <summary>
/// What the short cut cuts out of a body are the members that the reader sees, byte for byte; and a body made of members that are
/// right each by itself is right, whatever stands around them.
/// </summary>
internal static class SlicerOracle
{
    private const long Seed = 7;
    private static readonly SaveLimits Limits = new();

    /// <summary>Compares the slices of a body with what was read of it.</summary>
    public static void Check(FuzzInput input, ReadOutcome read, TypeRegistry registry)
    {
        if (input.Door == FuzzInput.Partial)
        {
            return;
        }

        var shape = input.Door == FuzzInput.Bulk ? BodyShape.Bulk : BodyShape.Single;
        if (BodySlicer.Slice(input.Bytes, shape, Limits, Seed) is not { } slices)
        {
            return;
        }

        var members = MembersOf(input.Bytes, shape);
        ReaderOracle.Require(slices.Count == members.Count, $"{slices.Count} slices of {members.Count} members");
        for (var place = 0; place < slices.Count; place++)
        {
            CheckSlice(input.Bytes, slices[place], members[place], (read as ReadOutcome.Understood)?.Request.Assets[place]);
        }

        var areRight = members.TrueForAll(member => Read(shape, $"{(shape == BodyShape.Bulk ? "{\"entities\":[" : "{\"entity\":")}", member, registry) is ReadOutcome.Understood);
        ReaderOracle.Require(!areRight || read is ReadOutcome.Understood, "the short cut would take members that are right out of a body that is not");
    }

    private static ReadOutcome Read(BodyShape shape, string start, byte[] member, TypeRegistry registry)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(start), .. member, .. shape == BodyShape.Bulk ? "]}"u8 : "}"u8];
        return shape == BodyShape.Bulk ? SaveRequestReader.ReadBulk(body, registry, Limits) : SaveRequestReader.ReadSingle(body, registry, Limits);
    }

    private static void CheckSlice(byte[] body, MemberSlice slice, byte[] member, RequestAsset? asset)
    {
        var guid = body.AsSpan(slice.GuidStart, slice.GuidLength);
        if (asset is not null)
        {
            var own = asset.Guid is { Real: null } local ? local.Text : "";
            ReaderOracle.Require(own == Encoding.ASCII.GetString(guid), $"the local guid {own} was cut out as {Encoding.ASCII.GetString(guid)}");
        }

        var at = slice.GuidLength == 0 ? -1 : member.AsSpan().IndexOf([(byte)'"', .. guid, (byte)'"']) + 1;
        var isWhole = false;
        while (!isWhole && at != 0)
        {
            isWhole = slice.Fingerprint == (at < 0 ? Fingerprint.Of(member, Seed) : Fingerprint.Of(member.AsSpan(0, at), member.AsSpan(at + guid.Length), Seed));
            var next = at < 0 ? -1 : member.AsSpan(at).IndexOf([(byte)'"', .. guid, (byte)'"']);
            at = next < 0 ? 0 : at + next + 1;
        }

        ReaderOracle.Require(isWhole, "a fingerprint is not that of the member without its local guid");
    }

    private static List<byte[]> MembersOf(byte[] body, BodyShape shape)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
        var listed = document.RootElement.GetProperty(shape == BodyShape.Bulk ? "entities" : "entity");
        return shape == BodyShape.Bulk
            ? [.. listed.EnumerateArray().Select(member => JsonMarshal.GetRawUtf8Value(member).ToArray())]
            : [JsonMarshal.GetRawUtf8Value(listed).ToArray()];
    }
}
