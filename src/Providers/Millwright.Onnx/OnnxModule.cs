using Microsoft.Extensions.DependencyInjection;
using Millwright.Abstractions.Models;

namespace Millwright.Onnx;

/// <summary>ONNX models by ONNX Runtime.</summary>
public static class OnnxModule
{
    /// <summary>Adds the model format; the native library is loaded by the first model.</summary>
    public static IServiceCollection AddOnnx(this IServiceCollection services) => services
        .AddSingleton<IModelFormat, OnnxFormat>();
}
