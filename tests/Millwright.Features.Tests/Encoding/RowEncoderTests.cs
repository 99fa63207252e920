using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Millwright.Features.Encoding;

namespace Millwright.Features.Tests.Encoding;

public sealed class RowEncoderTests
{
    [Fact]
    public void Encode_AnyRow_IsOneHotOfTheCategoryAndTheNumberItself()
    {
        var rows = from categories in ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get).ListOf()
                   from number in ArbMap.Default.GeneratorFor<double>()
                   from asked in ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get)
                   select (Categories: categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray(), number, asked);
        Prop.ForAll(rows.ToArbitrary(), row =>
        {
            var encoder = new RowEncoder(new FeatureEncoding(
                [new EncodedColumn("c", "string", true) { Categories = row.Categories }, new EncodedColumn("n", "double", true)]));
            var vector = new float[encoder.Features.Count];
            return row.Categories.Append(row.asked).All(category =>
            {
                Array.Fill(vector, 7);
                encoder.Encode([encoder.CodeOf(0, category), row.number], vector);
                return vector[^1].Equals((float)row.number)
                    && vector[..^1].Select((value, at) => value == (row.Categories[at] == category ? 1f : 0f)).All(same => same);
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Encode_ManyRows_AllocatesNothing()
    {
        var encoder = new RowEncoder(new FeatureEncoding(
            [new EncodedColumn("c", "string", true) { Categories = ["a", "b"] }, new EncodedColumn("n", "double", false) { Missing = MissingNumber.Zero }]));
        var (values, vector) = (new double[2], new float[3]);
        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var row = 0; row < 1000; row++)
            {
                values[0] = encoder.CodeOf(0, (row % 2 == 0 ? "b" : "zzz").AsSpan());
                values[1] = double.NaN;
                encoder.Encode(values, vector);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Allocated().ShouldBe(0);
        vector.ShouldBe([0f, 0f, 0f]);
    }
}
